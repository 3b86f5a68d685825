#include "report/error_text.h"

namespace tlsward::report {
namespace {

std::string path_before(const lint::RunError& error) {
  return error.path.empty() ? "" : error.path + ": ";
}

}  // namespace

std::string error_text(const lint::RunError& error) {
  return path_before(error) + error.message;
}

std::string error_line(const lint::RunError& error) {
  return path_before(error) + "error: " + error.message;
}

}  // namespace tlsward::report
