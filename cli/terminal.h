// Terminal manners: colours, links, closed and broken pipes.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace tlsward::cli {

/// Opens /dev/null in place of a closed stdin, stdout or stderr, so that a file opened later never takes their number;
/// writing to a stdout that was closed still fails. Ignores SIGPIPE and SIGXFSZ, so that they show as errors of
/// writing.
void prepare_streams();

/// Adds --color, which takes auto, always and never; `when` must outlive `app`.
void add_color_option(CLI::App& app, std::string& when);

/// Whether `out` gets colours. `choice` is auto, always or never; auto asks FORCE_COLOR and CLICOLOR_FORCE, NO_COLOR,
/// TERM=dumb and whether it is a terminal, in this order.
bool wants_color(std::string_view choice, std::FILE* out);

/// Whether terminal hyperlinks may be written: only on a terminal that is not dumb.
bool wants_links(std::FILE* out);

/// Prints to stdout what programs read, byte for byte; on a terminal what would do something to it is replaced.
void print_as_is(std::string_view text);

/// Flushes. Returns kDone, also where the reader went away; kIncomplete with a message on stderr where bytes were lost.
int finish_output(std::FILE* out, std::string_view name);

}  // namespace tlsward::cli
