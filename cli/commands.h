// The subcommands: one file each. Every add_… makes its CLI::App below `app`; when it is the one that was called, the
// code it ends with is stored in `exit_code`.
#pragma once

namespace CLI {
class App;
}

namespace tlsward::cli {

void add_lint(CLI::App& app, int& exit_code);
void add_probe(CLI::App& app, int& exit_code);
void add_serve(CLI::App& app, int& exit_code);
void add_show(CLI::App& app, int& exit_code);
void add_explain(CLI::App& app, int& exit_code);
void add_rules(CLI::App& app, int& exit_code);
void add_policies(CLI::App& app, int& exit_code);
void add_init(CLI::App& app, int& exit_code);
void add_ignores(CLI::App& app, int& exit_code);
void add_ciphers(CLI::App& app, int& exit_code);
void add_merge(CLI::App& app, int& exit_code);
void add_diff(CLI::App& app, int& exit_code);
void add_schema(CLI::App& app, int& exit_code);
void add_completions(CLI::App& app, int& exit_code);
void add_man(CLI::App& app, int& exit_code);

}  // namespace tlsward::cli
