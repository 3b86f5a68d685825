#include "report/json_parts.h"

#include <nlohmann/json.hpp>

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_position(const SourceMap& sources, FileId file, std::uint32_t offset) {
  const Position at = sources.position(file, offset);
  return {{"line", at.line}, {"column", at.column}, {"offset", offset}};
}

}  // namespace

Json json_place(const SourceMap& sources, Span where) {
  if (!where.known()) return nullptr;
  return {{"path", sources.path(where.file)},
          {"start", json_position(sources, where.file, where.begin)},
          {"end", json_position(sources, where.file, where.end)}};
}

Json json_place(const Endpoint& endpoint) {
  Json result = {{"endpoint", endpoint.endpoint},
                 {"address", endpoint.address.empty() ? Json(nullptr) : Json(endpoint.address)},
                 {"probed", endpoint.probed},
                 {"milliseconds", endpoint.milliseconds}};
  if (!endpoint.part.empty()) result["part"] = endpoint.part;
  return result;
}

void write_json_document(const Json& document, std::FILE* out) {
  const std::string text = document.dump(2, ' ', false, Json::error_handler_t::replace);
  std::fwrite(text.data(), 1, text.size(), out);
  std::fputc('\n', out);
}

}  // namespace tlsward::report
