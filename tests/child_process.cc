// Between fork and exec only system calls are made, as a program with threads must; all else is prepared before.
#include "tests/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tests/catch.h"
#include "tests/process.h"

namespace tlsward::tests {
namespace {

constexpr int kPollMilliseconds = 2;

[[noreturn]] void run(const std::vector<char*>& arguments, const std::string& directory, int input, int output,
                      pid_t parent) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const bool orphaned = getppid() != parent;
  if (orphaned || chdir(directory.c_str()) != 0) _exit(127);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  execvp(arguments.front(), arguments.data());
  const char* problem = std::strerror(errno);
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, problem, std::strlen(problem));
  _exit(127);
}

}  // namespace

ChildProcess::ChildProcess(std::vector<std::string> command, const std::string& directory)
    : name_(command.front()), log_(directory + "/output.log") {
  int input[2];
  REQUIRE(pipe2(input, O_CLOEXEC) == 0);
  const int output = open(log_.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  REQUIRE(output >= 0);
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ == 0) run(arguments, directory, input[0], output, parent);
  close(input[0]);
  close(output);
  input_ = input[1];
  REQUIRE(pid_ > 0);
  setpgid(pid_, pid_);  // here too: whoever comes first
  handle_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  REQUIRE(handle_ >= 0);
}

ChildProcess::~ChildProcess() {
  kill(-pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  close(handle_);
  close(input_);
}

void ChildProcess::wait_until(const std::function<bool()>& ready, std::chrono::seconds limit) const {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!ready()) {
    pollfd ended{handle_, POLLIN, 0};
    if (poll(&ended, 1, kPollMilliseconds) > 0) FAIL(name_ << " ended before it was ready: " << output());
    if (std::chrono::steady_clock::now() > end) {
      FAIL(name_ << " was not ready after " << limit.count() << " s: " << output());
    }
  }
}

std::string ChildProcess::output() const {
  return read_file(log_);
}

}  // namespace tlsward::tests
