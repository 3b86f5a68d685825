// The HTML page in a real browser without a window: its script runs under its policy, and it looks and prints as it
// should.
#include <zlib.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "tests/catch.h"
#include "tests/process.h"
#include "tests/report/probe_page.h"
#include "tests/report/probe_results.h"
#include "tests/servers.h"

namespace {

using namespace tlsward;

class Browser {
 public:
  explicit Browser(const std::string& page = tests::probe_page(tests::fixed_probe_results())) {
    directory_.write("page.html", page);
  }

  // Opens the page at `fragment` ("#search=x") and returns what `options` make the browser print or, where `file` is
  // named, write there.
  std::string open(const std::string& fragment, const std::string& options, const std::string& file = "out") const {
    const std::string command =
        "cd '" + directory_.path() +
        "' && timeout 90 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        "--disable-background-networking --disable-component-update --disable-sync --user-data-dir=profile " +
        options + " 'file://" + directory_.path() + "/page.html" + fragment + "' >out 2>err";
    INFO(command);
    REQUIRE(std::system(command.c_str()) == 0);
    return tests::read_file(directory_.path() + "/" + file);
  }

 private:
  tests::TemporaryDirectory directory_;
};

// The endpoints that are shown, in their order in the document.
std::vector<std::string> shown(const std::string& dom) {
  static const std::regex kRow(
      R"row(<tbody role="rowgroup"( hidden="")?><tr role="row">\s*<td[^>]*><bdi>([^<]*)</bdi>)row");
  std::vector<std::string> endpoints;
  for (std::sregex_iterator row(dom.begin(), dom.end(), kRow), end; row != end; ++row)
    if ((*row)[1].length() == 0) endpoints.push_back((*row)[2]);
  return endpoints;
}

// Mean of red, green and blue of the first pixel of a PNG with 8 bits a channel, 0 to 255. Whatever filter the first
// line has, its first pixel is stored as it is (PNG 9.2: there is nothing to the left and nothing above).
int first_brightness(const std::string& png) {
  constexpr std::size_t kDepthAt = 24, kColorAt = 25;
  REQUIRE(png.size() > kColorAt);
  REQUIRE(png.substr(1, 3) == "PNG");
  REQUIRE(png[kDepthAt] == 8);
  REQUIRE((png[kColorAt] == 2 || png[kColorAt] == 6));  // RGB with and without alpha
  const std::size_t at = png.find("IDAT");
  REQUIRE(at != std::string::npos);
  std::string data = png.substr(at + 4);
  std::array<std::uint8_t, 4> line{};  // the filter, then the pixel
  z_stream stream{};
  REQUIRE(inflateInit(&stream) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(data.data());
  stream.avail_in = static_cast<uInt>(data.size());
  stream.next_out = line.data();
  stream.avail_out = static_cast<uInt>(line.size());
  inflate(&stream, Z_SYNC_FLUSH);
  REQUIRE(stream.avail_out == 0);
  inflateEnd(&stream);
  return (line[1] + line[2] + line[3]) / 3;
}

int brightness(const std::string& fragment, const std::string& options) {
  return first_brightness(
      Browser().open(fragment, options + " --window-size=800,600 --screenshot=shot.png", "shot.png"));
}

using Endpoints = std::vector<std::string>;
constexpr char kNoSuch[] = "no\xEF\xBF\xBDsuch.example:443";

}  // namespace

TEST_CASE("html in a browser: a search in the address hides what does not match, in any part of an endpoint") {
  if (!tests::heavy_package("chromium")) return;
  const Browser browser;
  CHECK(shown(browser.open("#search=OpenSSH", "--dump-dom")) == Endpoints{"shell.example:22"});
  const std::string two_words = browser.open("#search=tls_aes_128%20issuing", "--dump-dom");
  CHECK(shown(two_words) == Endpoints{"api.example:8443"});
  CHECK(two_words.find("1 of 6 shown") != std::string::npos);
}

TEST_CASE("html in a browser: a sort in the address reorders the endpoints and is told to screen readers") {
  if (!tests::heavy_package("chromium")) return;
  const Browser browser;
  const std::string by_name = browser.open("#sort=-endpoint", "--dump-dom");
  CHECK(shown(by_name) == Endpoints{"slow.example:443", "shell.example:22", kNoSuch, "api.example:8443",
                                    "192.0.2.40:443", "[2001:db8::1]:443"});
  CHECK(by_name.find(R"(data-column="endpoint" aria-sort="descending")") != std::string::npos);
  const std::string by_findings = browser.open("#sort=-findings", "--dump-dom");
  CHECK(shown(by_findings) == Endpoints{"[2001:db8::1]:443", "slow.example:443", "api.example:8443", "192.0.2.40:443",
                                        "shell.example:22", kNoSuch});
}

TEST_CASE("html in a browser: an address without search and sort shows all in the order of the run") {
  if (!tests::heavy_package("chromium")) return;
  const std::string dom = Browser().open("", "--dump-dom");
  CHECK(shown(dom) == Endpoints{"api.example:8443", "[2001:db8::1]:443", "shell.example:22", "slow.example:443",
                                "192.0.2.40:443", kNoSuch});
  CHECK(dom.find(R"( aria-sort=")") == std::string::npos);
}

TEST_CASE(
    "html in a browser: a script that is not the page's own does not run, and without it all endpoints are there") {
  if (!tests::heavy_package("chromium")) return;
  std::string page = tests::probe_page(tests::fixed_probe_results());
  page.insert(page.find("<script>") + std::string_view("<script>").size(), "document.title = 'changed';");
  const std::string dom = Browser(page).open("#search=OpenSSH", "--dump-dom");
  CHECK(shown(dom).size() == 6);
  CHECK(dom.find("<title>TLS of live endpoints</title>") != std::string::npos);
  CHECK(dom.find(R"(<div id="controls" role="search" hidden="">)") != std::string::npos);
}

TEST_CASE("html in a browser: the page is light where the system is") {
  if (!tests::heavy_package("chromium")) return;
  CHECK(brightness("", "--blink-settings=preferredColorScheme=1") > 220);
}

TEST_CASE("html in a browser: the page is dark where the system is") {
  if (!tests::heavy_package("chromium")) return;
  CHECK(brightness("", "--blink-settings=preferredColorScheme=0") < 50);
}

TEST_CASE("html in a browser: the theme of the address overrules the system") {
  if (!tests::heavy_package("chromium")) return;
  CHECK(brightness("#theme=dark", "--blink-settings=preferredColorScheme=1") < 50);
}

TEST_CASE("html in a browser: print unfolds every endpoint") {
  if (!tests::heavy_package("chromium")) return;
  const std::string pdf = Browser().open("", "--print-to-pdf=page.pdf", "page.pdf");
  CHECK(pdf.substr(0, 5) == "%PDF-");
  static const std::regex kPage(R"(/Type /Page\b)");
  const auto pages = std::distance(std::sregex_iterator(pdf.begin(), pdf.end(), kPage), std::sregex_iterator());
  CHECK(pages >= 5);
}
