// A process that runs beside a test and ends with it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace tlsward::tests {

class ChildProcess {
 public:
  /// Starts `command` (a program of PATH and its arguments) in `directory`, in a process group of its own. Its standard
  /// input is a pipe that stays open as long as the object; what it prints goes to the file output.log there. It dies
  /// with this process, however that ends. A program that is not there is a process that ends at once and says so.
  ChildProcess(std::vector<std::string> command, const std::string& directory);
  /// Kills the group.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Asks `ready` again and again until it says yes. Fails the test where the process ends, or `limit` is over, before.
  void wait_until(const std::function<bool()>& ready, std::chrono::seconds limit) const;
  /// What it printed so far, standard output and error together.
  std::string output() const;

 private:
  std::string name_, log_;
  pid_t pid_ = -1;
  int input_ = -1;   // write end of its standard input
  int handle_ = -1;  // pidfd: readable once it has ended
};

}  // namespace tlsward::tests
