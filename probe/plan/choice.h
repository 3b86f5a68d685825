// What a server chose of an offer, and chains of such choices: offer, see what it chooses, offer the rest. The pieces
// of `enumerate`.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/task.h"
#include "probe/verdict.h"

namespace tlsward::probe {

/// What a server chose of an offer. Accepted: `chosen`. Refused: none of them.
template <class T>
struct Choice {
  Verdict verdict = Verdict::Unknown;
  T chosen{};
  std::string words;
};

namespace enumerate_detail {

/// Items that are offered together, and what came of it.
template <class T>
struct Chain {
  std::vector<T> rest;
  std::vector<T> found;  // in the order in which the server chose
  std::string gap;       // why `rest` is not told; empty where it was refused
};

template <class T>
void erase(std::vector<T>& items, const T& item) {
  std::erase(items, item);
}

template <class T>
bool contains(const std::vector<T>& items, const T& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

/// Asks, and holds the server to what was offered.
template <class T, class Chooser>
Task<Choice<T>> choose_of(Chooser& chooser, std::vector<T> offer, std::string purpose, bool more) {
  Choice<T> choice = co_await chooser.choose(offer, std::move(purpose), more);
  if (choice.verdict == Verdict::Accepted && !contains(offer, choice.chosen))
    choice = {Verdict::Unknown, {}, "the server chose what was not offered"};
  if (choice.words.empty()) choice.words = "not asked";
  co_return choice;
}

/// Takes a choice in. False where the chain has come to its end.
template <class T>
bool take(Chain<T>& chain, const Choice<T>& choice) {
  if (choice.verdict == Verdict::Unknown) chain.gap = choice.words;
  if (choice.verdict != Verdict::Accepted) return false;
  chain.found.push_back(choice.chosen);
  erase(chain.rest, choice.chosen);
  return !chain.rest.empty();
}

template <class T, class Chooser>
Task<void> follow(Chooser& chooser, Chain<T>& chain, std::string purpose) {
  bool more = !chain.rest.empty();
  while (more) {
    const Choice<T> choice = co_await choose_of(chooser, chain.rest, purpose, true);
    more = take(chain, choice);
  }
}

template <class T, class Chooser>
Task<void> store_choice(Chooser& chooser, std::vector<T> offer, std::string purpose, bool more, Choice<T>& into) {
  into = co_await choose_of(chooser, std::move(offer), std::move(purpose), more);
}

/// The known order in which `top` stands furthest in front; nullptr where none is known.
template <class T>
const std::vector<T>* likely_order(const std::vector<std::vector<T>>& known, const T& top) {
  const std::vector<T>* best = nullptr;
  std::ptrdiff_t best_rank = 0;
  for (const std::vector<T>& order : known) {
    const auto rank = std::find(order.begin(), order.end(), top) - order.begin();
    if (best != nullptr && rank >= best_rank) continue;
    best = &order;
    best_rank = rank;
  }
  return best;
}

/// As `order` has them; what is not in it comes behind.
template <class T>
void sort_as(const std::vector<T>& order, std::vector<T>& items) {
  const auto rank = [&](const T& item) { return std::find(order.begin(), order.end(), item); };
  std::stable_sort(items.begin(), items.end(), [&](const T& a, const T& b) { return rank(a) < rank(b); });
}

/// How many of `items` stand in `order`: the rest is rare.
template <class T>
std::size_t likely_count(const std::vector<T>& order, const std::vector<T>& items) {
  return static_cast<std::size_t>(
      std::count_if(items.begin(), items.end(), [&](const T& item) { return contains(order, item); }));
}

template <class T>
std::vector<Chain<T>> deal(const std::vector<T>& items, std::size_t count) {
  std::vector<Chain<T>> chains(std::min(count, std::max<std::size_t>(items.size(), 1)));
  for (std::size_t i = 0; i < items.size(); ++i) chains[i % chains.size()].rest.push_back(items[i]);
  return chains;
}

/// Contiguous parts; the first `likely` items are shared out evenly, the rare ones go to the last part.
template <class T>
std::vector<Chain<T>> cut(const std::vector<T>& items, std::size_t count, std::size_t likely) {
  if (likely == 0) likely = items.size();
  count = std::max<std::size_t>(1, std::min(count, likely));
  std::vector<Chain<T>> chains(count);
  for (std::size_t i = 0; i < items.size(); ++i)
    chains[std::min(i * count / std::max<std::size_t>(likely, 1), count - 1)].rest.push_back(items[i]);
  return chains;
}

/// Joins chains that each stand in the server's order into one.
template <class T, class Chooser>
Task<std::vector<T>> merge(Chooser& chooser, std::vector<std::vector<T>> chains, std::string& gap) {
  std::vector<T> merged;
  for (;;) {
    std::erase_if(chains, [](const std::vector<T>& chain) { return chain.empty(); });
    if (chains.empty()) co_return merged;
    if (chains.size() == 1) {
      merged.insert(merged.end(), chains.front().begin(), chains.front().end());
      co_return merged;
    }
    std::vector<T> heads;
    for (const std::vector<T>& chain : chains) heads.push_back(chain.front());
    const Choice<T> choice = co_await choose_of(chooser, heads, "order", true);
    const auto chosen = std::find_if(chains.begin(), chains.end(), [&](const std::vector<T>& chain) {
      return choice.verdict == Verdict::Accepted && chain.front() == choice.chosen;
    });
    if (chosen == chains.end()) {
      gap = choice.words;
      for (const std::vector<T>& chain : chains) merged.insert(merged.end(), chain.begin(), chain.end());
      co_return merged;
    }
    merged.push_back(chosen->front());
    chosen->erase(chosen->begin());
  }
}

/// The order of all that is left when `chains` are each in the server's order: a known one that agrees with them, or
/// one behind the other.
template <class T>
std::vector<T> likely_union(const std::vector<std::vector<T>>& known, const std::vector<std::vector<T>>& chains) {
  std::vector<T> joined;
  for (const std::vector<T>& chain : chains) joined.insert(joined.end(), chain.begin(), chain.end());
  for (const std::vector<T>& order : known) {
    if (likely_count(order, joined) < joined.size()) continue;
    const bool agrees = std::all_of(chains.begin(), chains.end(), [&](std::vector<T> chain) {
      const std::vector<T> as_found = chain;
      sort_as(order, chain);
      return chain == as_found;
    });
    if (!agrees) continue;
    sort_as(order, joined);
    break;
  }
  return joined;
}

/// True where `order` holds at its seams: wherever two neighbours come from different chains, the first is chosen.
template <class T, class Chooser>
Task<bool> seams_hold(Chooser& chooser, const std::vector<T>& order, const std::vector<std::vector<T>>& chains) {
  const auto same_chain = [&](const T& one, const T& other) {
    return std::any_of(chains.begin(), chains.end(),
                       [&](const std::vector<T>& chain) { return contains(chain, one) && contains(chain, other); });
  };
  std::vector<Choice<T>> choices(order.size());
  TaskGroup group;
  for (std::size_t i = 0; i + 1 < order.size(); ++i)
    if (!same_chain(order[i], order[i + 1]))
      group.spawn(store_choice<T>(chooser, {order[i + 1], order[i]}, "order, seam", false, choices[i]));
  co_await group.join();
  for (std::size_t i = 0; i + 1 < order.size(); ++i) {
    const bool chosen = choices[i].verdict == Verdict::Accepted && choices[i].chosen == order[i];
    if (!chosen && !same_chain(order[i], order[i + 1])) co_return false;
  }
  co_return true;
}

}  // namespace enumerate_detail

}  // namespace tlsward::probe
