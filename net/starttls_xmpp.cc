// XMPP: each side opens a stream, an XML document that stays open; the server lists its features, and is asked for TLS
// by one of them. No XML parser: RFC 6120, 11.1 forbids comments, processing instructions and DTDs, so that tags are
// all that needs to be told apart.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "net/starttls_scripts.h"

namespace tlsward::net {
namespace {

constexpr std::string_view kTlsNamespace = "urn:ietf:params:xml:ns:xmpp-tls";

struct Tag {
  std::string name;      // without prefix: "features" of <stream:features>; "?xml" of the declaration
  bool closing = false;  // </name>
  bool empty = false;    // <name/>
  bool opens(std::string_view wanted) const { return !closing && name == wanted; }
  /// Nothing of the element follows this tag.
  bool ends(std::string_view wanted) const { return (closing || empty) && name == wanted; }
};

/// `piece`: any text, and a tag from its `<` to its `>`.
Tag parse_tag(std::string_view piece) {
  piece.remove_prefix(piece.find('<') + 1);
  piece.remove_suffix(1);
  Tag tag;
  tag.closing = piece.starts_with('/');
  tag.empty = piece.ends_with('/');
  if (tag.closing) piece.remove_prefix(1);
  const std::string_view name = piece.substr(0, piece.find_first_of("/ \t\r\n"));
  tag.name = std::string(name.substr(name.find(':') + 1));
  return tag;
}

std::string escaped(std::string_view text) {
  std::string xml;
  for (const char c : text) {
    if (c == '&') {
      xml += "&amp;";
    } else if (c == '<') {
      xml += "&lt;";
    } else if (c == '\'') {
      xml += "&apos;";
    } else {
      xml += c;
    }
  }
  return xml;
}

std::string stream_header(std::string_view content, std::string_view host) {
  return fmt::format(
      "<?xml version='1.0'?>"
      "<stream:stream xmlns='{}' xmlns:stream='http://etherx.jabber.org/streams' to='{}' version='1.0'>",
      content, escaped(host));
}

/// RFC 6120, 4.9.2 and 5.4.2.2: the first element inside tells what is wrong.
Failure described(std::string_view what, std::string_view condition) {
  return refusal(fmt::format("{} {}", what, quoted(parse_tag(condition).name)));
}

}  // namespace

Script talk_xmpp(Conversation& server, std::string_view content, std::string host) {
  server.send(stream_header(content, host));
  bool in_stream = false;
  bool offers_starttls = false;
  std::string offered;
  for (;;) {
    const std::string piece = co_await server.tag();
    const Tag tag = parse_tag(piece);
    if (tag.opens("?xml")) continue;
    if (tag.opens("error")) {
      const std::string condition = co_await server.tag();
      co_return described("server opened its stream with the error", condition);
    }
    if (!in_stream && !tag.opens("stream")) co_return unexpected("greeting", piece, "a stream of XMPP");
    if (tag.ends("stream")) co_return refusal("server closed its stream before TLS");
    // RFC 6120, 4.7.5: without a version it is a server from before features and STARTTLS.
    if (tag.opens("stream") && piece.find(" version=") == std::string::npos) {
      co_return refusal("server speaks XMPP before version 1.0, which has no STARTTLS");
    }
    in_stream = true;
    if (tag.ends("features")) break;
    if (tag.opens("starttls")) offers_starttls = true;
    if (!tag.closing && tag.name != "stream" && tag.name != "features") offered += tag.name + " ";
  }
  if (!offers_starttls) {
    co_return refusal(fmt::format("server does not offer starttls, only {}", quoted(offered)));
  }

  server.send(fmt::format("<starttls xmlns='{}'/>", kTlsNamespace));
  const std::string piece = co_await server.tag();
  const Tag tag = parse_tag(piece);
  if (tag.opens("error")) {
    const std::string condition = co_await server.tag();
    co_return described("server answered starttls with the error", condition);
  }
  if (!tag.opens("proceed")) co_return unexpected("answer to starttls", piece, "<proceed/>");
  if (!tag.empty) co_await server.tag();
  co_return Nothing{};
}

}  // namespace tlsward::net
