// The least that reading a JSON file can cost: nlohmann's SAX parser over the counting iterator that core/json.cc uses,
// with every event thrown away. bench/lint.sh compares tlsward with it.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "core/counting_iterator.h"

namespace {

struct Ignore {
  using Json = nlohmann::json;
  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(Json::number_integer_t) { return true; }
  bool number_unsigned(Json::number_unsigned_t) { return true; }
  bool number_float(Json::number_float_t, const std::string&) { return true; }
  bool string(std::string&) { return true; }
  bool binary(Json::binary_t&) { return true; }
  bool start_object(std::size_t) { return true; }
  bool key(std::string&) { return true; }
  bool end_object() { return true; }
  bool start_array(std::size_t) { return true; }
  bool end_array() { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) { return false; }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream in(argv[1], std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const char* begin = text.data();
  const char* end = text.data() + text.size();
  Ignore ignore;
  const bool good =
      nlohmann::json::sax_parse(tlsward::CountingIterator(&begin), tlsward::CountingIterator(&end), &ignore);
  std::printf("%s %zu\n", good ? "read" : "broken", static_cast<std::size_t>(begin - text.data()));
  return good ? 0 : 1;
}
