// Times whole commands. Times are milliseconds, sizes MiB.
// measure RUNS -- COMMAND [ARG…]        prints minimum, median and maximum of the wall time and the largest resident
//                                       set. One uncounted run first. Output of the command is thrown away.
// measure --once FILE -- COMMAND [ARG…] prints wall time, processor time (user and system), resident set and exit code
//                                       of one run, whose output goes into FILE.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

struct Sample {
  double milliseconds = 0;
  double processor_milliseconds = 0;
  double mebibytes = 0;
  int exit_code = 0;  // as a shell tells it: 128 and the signal's number where one ended it
};

double milliseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
}

Sample run_once(char** command, const char* output) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);  // nothing goes on where the measurement was broken off
    const int file = open(output, O_RDWR | O_CREAT | O_TRUNC, 0644);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    execvp(command[0], command);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || wait4(child, &status, 0, &usage) != child || (WIFEXITED(status) && WEXITSTATUS(status) == 127)) {
    std::fprintf(stderr, "measure: cannot run %s\n", command[0]);
    std::exit(2);
  }
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
  return {taken.count(), milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024,
          WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
}

}  // namespace

int main(int argc, char** argv) {
  const bool once = argc > 4 && std::strcmp(argv[1], "--once") == 0 && std::strcmp(argv[3], "--") == 0;
  if (once) {
    const Sample sample = run_once(argv + 4, argv[2]);
    std::printf("%.2f %.2f %.1f %d\n", sample.milliseconds, sample.processor_milliseconds, sample.mebibytes,
                sample.exit_code);
    return 0;
  }
  if (argc < 4 || std::strcmp(argv[2], "--") != 0) {
    std::fprintf(stderr, "usage: measure RUNS -- COMMAND [ARG...]\n       measure --once FILE -- COMMAND [ARG...]\n");
    return 2;
  }
  const int runs = std::max(1, std::atoi(argv[1]));
  run_once(argv + 3, "/dev/null");
  std::vector<Sample> samples;
  for (int i = 0; i < runs; ++i) samples.push_back(run_once(argv + 3, "/dev/null"));
  std::sort(samples.begin(), samples.end(),
            [](const Sample& a, const Sample& b) { return a.milliseconds < b.milliseconds; });
  double peak = 0;
  for (const Sample& sample : samples) peak = std::max(peak, sample.mebibytes);
  std::printf("%.2f %.2f %.2f %.1f\n", samples.front().milliseconds, samples[samples.size() / 2].milliseconds,
              samples.back().milliseconds, peak);
}
