#include "gateways/vocabulary.h"

#include <algorithm>
#include <array>

namespace tlsward::gateways {

const Vocabulary& vocabulary_of(const Gateway& gateway) {
  static constexpr std::array<const Vocabulary*, 3> kAll = {&flex::vocabulary, &krakend::vocabulary, &tyk::vocabulary};
  return **std::find_if(kAll.begin(), kAll.end(),
                        [&](const Vocabulary* vocabulary) { return vocabulary->gateway == &gateway; });
}

const KeyText* find_text(const Vocabulary& vocabulary, std::string_view object, std::string_view key) {
  const auto found = std::find_if(vocabulary.texts.begin(), vocabulary.texts.end(), [&](const KeyText& row) {
    return row.key == key && (row.object.empty() || row.object == object);
  });
  return found == vocabulary.texts.end() ? nullptr : &*found;
}

}  // namespace tlsward::gateways
