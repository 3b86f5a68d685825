// A server that chooses among words: what `enumerate` needs, without any hello.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "probe/plan/enumerate.h"
#include "tests/catch.h"
#include "tests/probe/plan/preference.h"

namespace tlsward::tests {

/// "a b c" as a list.
inline std::vector<std::string> words(const std::string& text) {
  return Preference<std::string>(text).all();
}

class WordChooser {
 public:
  using Choice = probe::Choice<std::string>;
  struct Asked {
    std::vector<std::string> offer;
    std::string purpose;
  };

  explicit WordChooser(Preference<std::string> likes) : likes_(std::move(likes)) {}

  Task<Choice> choose(std::vector<std::string> offer, std::string purpose, bool /*more_follow*/) {
    CHECK_FALSE(offer.empty());
    const auto chosen = likes_.choose(offer);
    Choice choice;
    choice.verdict = chosen ? probe::Verdict::Accepted : probe::Verdict::Refused;
    choice.chosen = chosen.value_or("");
    choice.words = chosen ? "chosen" : "refused";
    if (meddle) meddle(asked.size(), choice);
    asked.push_back({std::move(offer), std::move(purpose)});
    co_return choice;
  }

  /// Changes the choice; `number` counts the questions from 0. May be empty.
  std::function<void(std::size_t number, Choice& choice)> meddle = {};
  std::vector<Asked> asked;

 private:
  Preference<std::string> likes_;
};

/// Enumerates to the end.
inline probe::Enumeration<std::string> enumerated(WordChooser& chooser, const std::vector<std::string>& pool,
                                                  const probe::EnumerationOptions<std::string>& options = {}) {
  probe::Enumeration<std::string> result;
  TaskGroup group;
  const auto store = [&]() -> Task<void> { result = co_await probe::enumerate(chooser, pool, options); };
  group.spawn(store());
  REQUIRE(group.running() == 0);
  return result;
}

}  // namespace tlsward::tests
