// Times whole commands: measure RUNS -- COMMAND [ARG…] prints minimum, median and maximum of the wall time in
// milliseconds and the largest resident set in MiB. One uncounted run first. Output of the command is thrown away.
#include <fcntl.h>
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
  double mebibytes = 0;
};

Sample run_once(char** command) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    const int null = open("/dev/null", O_RDWR);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
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
  return {taken.count(), static_cast<double>(usage.ru_maxrss) / 1024};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4 || std::strcmp(argv[2], "--") != 0) {
    std::fprintf(stderr, "usage: measure RUNS -- COMMAND [ARG...]\n");
    return 2;
  }
  const int runs = std::max(1, std::atoi(argv[1]));
  run_once(argv + 3);
  std::vector<Sample> samples;
  for (int i = 0; i < runs; ++i) samples.push_back(run_once(argv + 3));
  std::sort(samples.begin(), samples.end(),
            [](const Sample& a, const Sample& b) { return a.milliseconds < b.milliseconds; });
  double peak = 0;
  for (const Sample& sample : samples) peak = std::max(peak, sample.mebibytes);
  std::printf("%.2f %.2f %.2f %.1f\n", samples.front().milliseconds, samples[samples.size() / 2].milliseconds,
              samples.back().milliseconds, peak);
}
