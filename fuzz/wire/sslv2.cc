// An answer to an SSL 2.0 hello. Bytes behind the record change nothing.
#include "tls/wire/sslv2.h"

#include "fuzz/input.h"

using namespace tlsward;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using State = tls::wire::Sslv2State;
  const auto answer = tls::wire::parse_sslv2_answer({data, size});
  fuzz::require(answer.hello.has_value() == (answer.state == State::Hello));
  if (answer.hello) fuzz::require(answer.hello->ciphers.size() * 3 <= size);
  if (answer.state == State::More) return 0;
  tls::wire::Bytes longer(data, data + size);
  longer.push_back(0);
  fuzz::require(tls::wire::parse_sslv2_answer(longer).state == answer.state);
  return 0;
}
