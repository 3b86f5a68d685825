// tlsward serve: a local proxy that behaves as the gateway would.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/confinement.h"
#include "cli/exit_code.h"
#include "cli/output_files.h"
#include "cli/serve_arguments.h"
#include "cli/serve_events.h"
#include "cli/serve_greeting.h"
#include "cli/serve_setup.h"
#include "cli/serve_source.h"
#include "cli/service_notify.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "report/tool.h"
#include "serve/line_log.h"
#include "serve/plain_server.h"
#include "serve/server.h"
#include "serve/status.h"

namespace tlsward::cli {
namespace {

using std::chrono::system_clock;

struct FileCloser {
  void operator()(std::FILE* file) const {
    if (file != stdout) std::fclose(file);
  }
};
using FilePtr = std::unique_ptr<std::FILE, FileCloser>;

int complain(std::string_view message, int exit_code) {
  print_to(stderr, "tlsward: {}\n", message);
  return exit_code;
}

FilePtr open_access_log(const std::string& path) {
  if (path == "-") return FilePtr(stdout);
  FilePtr file(std::fopen(path.c_str(), "ae"));
  if (!file) throw UsageError(fmt::format("--access-log: cannot write '{}': {}", path, std::strerror(errno)));
  return file;
}

/// What the status page tells, changed by reloads.
class RunningState {
 public:
  void set(serve::Running running) {
    const std::lock_guard lock(mutex_);
    running_ = std::move(running);
  }
  serve::Running get() const {
    const std::lock_guard lock(mutex_);
    return running_;
  }

 private:
  mutable std::mutex mutex_;
  serve::Running running_;
};

serve::Running running_of(const LoadedSite& loaded, const serve::Server& server, system_clock::time_point since) {
  serve::Running running{loaded.gateway, std::string(report::tool_version()), since, system_clock::now(), {}, {}};
  for (const serve::ListeningAddress& listening : server.listening())
    running.listening.push_back(net::text(listening.address));
  running.deviations = loaded.site->deviations;
  return running;
}

Task<void> answer_status(serve::ServerExchange& exchange, const serve::Statistics& statistics,
                         const RunningState& state) {
  const serve::Answer answer = serve::status_answer(exchange.request(), statistics, state.get(), system_clock::now());
  auto sent = co_await serve::send_answer(exchange, answer, std::chrono::milliseconds(5000));
  if (!sent) exchange.abort();
}

/// Everything that runs, from the first configuration to the end.
class Session {
 public:
  Session(const ServeArguments& arguments, const serve::ServeOptions& options, ServeEvents& events)
      : arguments_(arguments),
        options_(options),
        events_(events),
        source_{arguments.input, arguments.force, arguments.strict, options.fault, {}, arguments.throw_away},
        tickets_(std::make_shared<serve::TicketKeys>()),
        stores_(directory()),
        messages_(stderr) {
    if (arguments.access_log.empty()) return;
    access_file_ = open_access_log(arguments.access_log);
    access_log_ = std::make_unique<serve::LineLog>(access_file_.get());
  }

  int run() {
    const bool alone = arguments_.input.paths.empty();
    if (alone || arguments_.throw_away || serve::is_certificate_fault(options_.fault)) {
      if (const int failed = prepare(alone)) return failed;
    }
    auto loaded = load_site(source_, tickets_, stores_);
    if (!loaded) return complain(loaded.error().message, kFindings);
    check_access_log(*loaded);
    if (!loaded->findings.empty()) print_to(stderr, "{}", loaded->findings);
    confine({directory()});  // its certificate store is there
    auto server = serve::Server::start(options_, loaded->site, access_log_.get(), messages_);
    if (!server) return complain(server.error().message, kIncomplete);
    server_ = std::move(*server);
    state_.set(running_of(*loaded, *server_, since_));
    if (const int failed = start_status()) return failed;
    greet(*loaded);
    return wait(*loaded);
  }

 private:
  /// A line is written with the first request, not before.
  void check_access_log(const LoadedSite& loaded) const {
    if (arguments_.access_log.empty() || arguments_.access_log == "-") return;
    std::vector<FileUse> read;
    for (const std::string& file : loaded.files) read.push_back({file, "a file that is served from"});
    check_output_files(std::array{FileUse{arguments_.access_log, "the access log"}}, read);
  }

  std::string directory() const { return arguments_.directory.empty() ? default_directory() : arguments_.directory; }

  int prepare(bool alone) {
    const auto now = std::chrono::floor<std::chrono::seconds>(system_clock::now());
    if (!alone) {
      auto files = serve::make_throw_away_files(directory(), arguments_.names, now);
      if (!files) return complain(files.error().message, kIncomplete);
      source_.throw_away = *files;
      return 0;
    }
    auto made = make_setup(directory(), arguments_.names, now);
    if (!made) return complain(made.error().message, kIncomplete);
    setup_ = std::make_unique<MadeSetup>(std::move(*made));
    source_.throw_away = setup_->files;
    source_.input.paths = {setup_->configuration};
    return 0;
  }

  int start_status() {
    if (arguments_.status.empty()) return 0;
    const net::Address address = listen_address("--status", arguments_.status, false);
    auto started = serve::PlainServer::start(address, [this](serve::ServerExchange& exchange) {
      return answer_status(exchange, server_->statistics(), state_);
    });
    if (!started) return complain(started.error().message, kIncomplete);
    status_ = std::move(*started);
    return 0;
  }

  void greet(const LoadedSite& loaded) {
    Greeting greeting{loaded, *server_, source_.input.paths, {}, {}};
    if (status_) greeting.status = net::text(status_->address());
    greeting.throw_away = source_.throw_away;
    print_to(stdout, "{}", printable_lines(greeting_text(greeting)));
    std::fflush(stdout);
    notify_service_manager("READY=1");
  }

  void watch(const LoadedSite& loaded) {
    if (!arguments_.no_watch) events_.watch(loaded.files);
  }

  void reload() {
    serve::Statistics& statistics = server_->statistics();
    notify_service_manager("RELOADING=1");
    auto loaded = try_to_load();
    Result<Nothing> replaced = loaded ? server_->replace(loaded->site) : Result<Nothing>(loaded.error());
    notify_service_manager("READY=1");
    if (!replaced) {
      ++statistics.reloads_refused;
      messages_.add(fmt::format("tlsward: the configuration was not taken over, the old one goes on: {}",
                                replaced.error().message));
      return;
    }
    ++statistics.reloads;
    state_.set(running_of(*loaded, *server_, since_));
    watch(*loaded);
    messages_.add("tlsward: the configuration was read again and is served from now on");
  }

  Result<LoadedSite> try_to_load() {
    try {
      return load_site(source_, tickets_, stores_);
    } catch (const UsageError& error) {
      return Error{error.what()};
    }
  }

  int wait(const LoadedSite& first) {
    watch(first);
    server_->when_ended([this] { events_.tell_stopped(); });
    bool draining = false;
    for (;;) {
      switch (events_.next()) {
        case ServeEvent::Reload:
          if (!draining) reload();
          break;
        case ServeEvent::Stop:
          if (draining) return kInterrupted;
          draining = true;
          notify_service_manager("STOPPING=1");
          server_->drain();
          break;
        case ServeEvent::Stopped:
          return kDone;
      }
    }
  }

  const ServeArguments& arguments_;
  const serve::ServeOptions& options_;
  ServeEvents& events_;
  ServeSource source_;
  std::shared_ptr<const serve::TicketKeys> tickets_;
  StoreKeeper stores_;
  system_clock::time_point since_ = system_clock::now();
  RunningState state_;
  std::unique_ptr<MadeSetup> setup_;
  // In the order in which they need each other.
  FilePtr access_file_;
  std::unique_ptr<serve::LineLog> access_log_;
  serve::LineLog messages_;
  std::unique_ptr<serve::Server> server_;
  std::unique_ptr<serve::PlainServer> status_;
};

std::string faults_text() {
  std::string text = "Faults, for testing clients and scanners:\n";
  for (const serve::FaultFacts& fault : serve::faults()) text += fmt::format("  {:24}{}\n", fault.name, fault.help);
  return text;
}

int serve_files(const ServeArguments& arguments) {
  const serve::ServeOptions options = serve_options(arguments);
  ServeEvents events;
  Session session(arguments, options, events);
  return session.run();
}

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* command = app.add_subcommand(
      "serve", "a local proxy that behaves on the wire as the gateway would with this configuration");
  add_serve_options(*command, *arguments);
  command->footer(
      faults_text() +
      "\nWithout PATH it makes a throw-away CA, a server and a client certificate and an upstream that echoes.\n"
      "It listens on 127.0.0.1 and ::1, whatever address the configuration names. SIGHUP, or a change of a file, "
      "reads\n"
      "the configuration again; SIGTERM and Ctrl-C let requests in flight end, a second one ends at once.\n"
      "\nExamples:\n"
      "  tlsward serve\n"
      "  tlsward serve krakend.json\n"
      "  tlsward serve --throw-away-certificates --listen 9443 --access-log - krakend.json\n"
      "  tlsward serve --gateway tyk@5.8 tyk.conf apps/*.json");
  command->callback([arguments, &exit_code] { exit_code = serve_files(*arguments); });
}

}  // namespace tlsward::cli
