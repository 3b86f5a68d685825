// Finding out all that a server accepts of a long list, when each question tells one: offer, see what it chooses, offer
// the rest, until it refuses.
//
// One after the other that takes as many rounds as there are answers. So the list is asked for in several chains side
// by side. A server that follows the client's order (it chooses differently when the list is turned round) needs no
// order of its own, and its list is dealt out to the chains like cards. A server with an order of its own gets chains
// that are contiguous parts of the order that it most likely has; each chain comes out in the server's order whatever
// it is, and one question for each seam shows whether the parts may simply be joined. Where the guess was wrong, the
// chains are merged by asking.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/task.h"
#include "probe/plan/plan.h"
#include "probe/result.h"

namespace tlsward::probe {

/// What a server chose of an offer. Accepted: `chosen`. Refused: none of them.
template <class T>
struct Choice {
  Verdict verdict = Verdict::Unknown;
  T chosen{};
  std::string words;
};

template <class T>
struct EnumerationOptions {
  std::size_t room = 64;   // items that one offer holds
  std::size_t chains = 2;  // side by side
  /// Orders that servers are known to have, to guess from.
  std::vector<std::vector<T>> known_orders = {};
  /// What the server chooses of the first `room` items in their order, where another question told that already.
  std::optional<T> first = {};
};

/// Everything of `pool` that a server accepts. `chooser` has `Task<Choice<T>> choose(std::vector<T> offer, std::string
/// purpose, bool more_follow)` and outlives the task; `pool` stands in the order of likelihood, each item once.
template <class T, class Chooser>
Task<Enumeration<T>> enumerate(Chooser& chooser, std::vector<T> pool, EnumerationOptions<T> options);

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

/// Takes a choice in. False where the chain has come to its end.
template <class T>
bool take(Chain<T>& chain, const Choice<T>& choice) {
  if (choice.verdict == Verdict::Unknown) chain.gap = choice.words.empty() ? "not asked" : choice.words;
  if (choice.verdict != Verdict::Accepted) return false;
  const auto offered = std::find(chain.rest.begin(), chain.rest.end(), choice.chosen);
  if (offered == chain.rest.end()) {
    chain.gap = "the server chose what was not offered";
    return false;
  }
  chain.found.push_back(choice.chosen);
  chain.rest.erase(offered);
  return !chain.rest.empty();
}

template <class T, class Chooser>
Task<void> follow(Chooser& chooser, Chain<T>& chain, std::string purpose) {
  bool more = !chain.rest.empty();
  while (more) more = take(chain, co_await chooser.choose(chain.rest, purpose, true));
}

template <class T, class Chooser>
Task<void> store_choice(Chooser& chooser, std::vector<T> offer, std::string purpose, bool more, Choice<T>& into) {
  into = co_await chooser.choose(std::move(offer), std::move(purpose), more);
}

/// The known order in which `top` stands furthest in front, restricted to `items`; the others behind.
template <class T>
std::vector<T> likely_order(const std::vector<std::vector<T>>& known, const T& top, std::vector<T> items) {
  const std::vector<T>* best = nullptr;
  std::ptrdiff_t best_rank = 0;
  for (const std::vector<T>& order : known) {
    const auto rank = std::find(order.begin(), order.end(), top) - order.begin();
    if (best != nullptr && rank >= best_rank) continue;
    best = &order;
    best_rank = rank;
  }
  if (best == nullptr) return items;
  const auto rank = [&](const T& item) { return std::find(best->begin(), best->end(), item) - best->begin(); };
  std::stable_sort(items.begin(), items.end(), [&](const T& a, const T& b) { return rank(a) < rank(b); });
  return items;
}

/// How many of `items` stand in some known order: the rest is rare.
template <class T>
std::size_t likely_count(const std::vector<std::vector<T>>& known, const std::vector<T>& items) {
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [&](const T& item) {
    return std::any_of(known.begin(), known.end(), [&](const std::vector<T>& order) {
      return std::find(order.begin(), order.end(), item) != order.end();
    });
  }));
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
    const Choice<T> choice = co_await chooser.choose(heads, "order", true);
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

/// True where the last of each chain is chosen before the first of the next.
template <class T, class Chooser>
Task<bool> seams_hold(Chooser& chooser, const std::vector<std::vector<T>>& chains) {
  std::vector<Choice<T>> choices(chains.size());
  TaskGroup group;
  for (std::size_t i = 0; i + 1 < chains.size(); ++i)
    group.spawn(store_choice<T>(chooser, {chains[i + 1].front(), chains[i].back()}, "order, seam", false, choices[i]));
  co_await group.join();
  for (std::size_t i = 0; i + 1 < chains.size(); ++i)
    if (choices[i].verdict != Verdict::Accepted || choices[i].chosen != chains[i].back()) co_return false;
  co_return true;
}

/// Where the client's order counts, the first of our list must have been chosen of it, and the last of it turned round.
template <class T>
bool follows_client(const std::vector<T>& list, const std::vector<T>& found, const T& forward, const T& backward) {
  std::vector<T> accepted;
  for (const T& item : list)
    if (std::find(found.begin(), found.end(), item) != found.end()) accepted.push_back(item);
  return !accepted.empty() && accepted.front() == forward && accepted.back() == backward;
}

/// The search in its parts; lives in the frame of `enumerate`.
template <class T, class Chooser>
struct Search {
  Chooser& chooser;
  const EnumerationOptions<T>& options;
  std::vector<T> first;         // the likely items: they fit into one offer
  std::vector<Chain<T>> later;  // the others, an offer each
  Choice<T> forward, backward;
  std::vector<Chain<T>> chains;  // of `first`, without what `forward` and `backward` told

  /// The questions that need no answer before them.
  Task<void> open() {
    std::vector<T> turned(first.rbegin(), first.rend());
    std::vector<Choice<T>> choices(later.size());
    TaskGroup group;
    if (options.first) {
      forward = {Verdict::Accepted, *options.first, "told by another question"};
    } else {
      group.spawn(store_choice<T>(chooser, first, "first", true, forward));
    }
    group.spawn(store_choice<T>(chooser, std::move(turned), "turned round", true, backward));
    for (std::size_t i = 0; i < later.size(); ++i)
      group.spawn(store_choice<T>(chooser, later[i].rest, "rare ones", false, choices[i]));
    co_await group.join();
    for (std::size_t i = 0; i < later.size(); ++i)
      if (!take(later[i], choices[i])) later[i].rest.clear();
  }

  /// Everything else that is accepted.
  Task<void> go_on(bool own_order) {
    std::vector<T> rest = first;
    erase(rest, forward.chosen);
    erase(rest, backward.chosen);
    if (own_order) {
      rest = likely_order(options.known_orders, forward.chosen, rest);
      chains = cut(rest, options.chains, likely_count(options.known_orders, rest));
    } else {
      chains = deal(rest, options.chains);
    }
    TaskGroup group;
    for (std::size_t i = 0; i < chains.size(); ++i)
      group.spawn(follow(chooser, chains[i], "part " + std::to_string(i + 1) + " of " + std::to_string(chains.size())));
    for (Chain<T>& chain : later)
      if (!chain.rest.empty()) group.spawn(follow(chooser, chain, "rare ones"));
    co_await group.join();
  }

  std::vector<T> all_found() const {
    std::vector<T> found = {forward.chosen};
    if (backward.chosen != forward.chosen) found.push_back(backward.chosen);
    for (const auto* list : {&chains, &later})
      for (const Chain<T>& chain : *list) found.insert(found.end(), chain.found.begin(), chain.found.end());
    return found;
  }

  std::string gap() const {
    for (const auto* list : {&chains, &later})
      for (const Chain<T>& chain : *list)
        if (!chain.gap.empty()) return std::to_string(chain.rest.size()) + " not told: " + chain.gap;
    return {};
  }

  /// The chains, each in the server's order: the seams, or merging, tell the order of all.
  Task<std::vector<T>> in_server_order(std::string& order_gap) {
    std::vector<std::vector<T>> sorted = {{forward.chosen}};
    for (const auto* list : {&chains, &later})
      for (const Chain<T>& chain : *list)
        if (!chain.found.empty()) sorted.push_back(chain.found);
    // The top needs no seam: it was chosen of all the likely ones.
    const std::vector<std::vector<T>> parts(sorted.begin() + 1, sorted.end());
    const bool top_is_first = later_found() == 0;
    if (top_is_first && co_await seams_hold(chooser, parts)) {
      std::vector<T> joined = sorted.front();
      for (const std::vector<T>& part : parts) joined.insert(joined.end(), part.begin(), part.end());
      co_return joined;
    }
    co_return co_await merge(chooser, std::move(sorted), order_gap);
  }

  std::size_t later_found() const {
    std::size_t count = 0;
    for (const Chain<T>& chain : later) count += chain.found.size();
    return count;
  }
};

}  // namespace enumerate_detail

template <class T, class Chooser>
Task<Enumeration<T>> enumerate(Chooser& chooser, std::vector<T> pool, EnumerationOptions<T> options) {
  namespace detail = enumerate_detail;
  detail::Search<T, Chooser> search{chooser, options, {}, {}, {}, {}, {}};
  const std::size_t room = std::max<std::size_t>(1, options.room);
  search.first.assign(pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(std::min(room, pool.size())));
  for (std::size_t begin = room; begin < pool.size(); begin += room) {
    const auto from = pool.begin() + static_cast<std::ptrdiff_t>(begin);
    search.later.push_back(
        {{from, pool.begin() + static_cast<std::ptrdiff_t>(std::min(begin + room, pool.size()))}, {}, {}});
  }
  co_await search.open();

  Enumeration<T> result;
  Choice<T>& forward = search.forward;
  Choice<T>& backward = search.backward;
  // One of the two may have been lost; the other one stands for both, and the order is not told.
  const bool both = forward.verdict == Verdict::Accepted && backward.verdict == Verdict::Accepted;
  if (!both && backward.verdict == Verdict::Accepted) forward = backward;
  if (forward.verdict != Verdict::Accepted) {
    detail::Chain<T> whole{search.first, {}, {}};
    detail::take(whole, forward);
    if (forward.verdict == Verdict::Refused) detail::take(whole, backward);
    search.chains.push_back(whole);
    TaskGroup group;
    for (detail::Chain<T>& chain : search.later)
      if (!chain.rest.empty()) group.spawn(detail::follow(chooser, chain, "rare ones"));
    co_await group.join();
    std::vector<std::vector<T>> sorted;
    for (const detail::Chain<T>& chain : search.later) sorted.push_back(chain.found);
    result.accepted = co_await detail::merge(chooser, std::move(sorted), result.order_evidence);
    result.gap = search.gap();
    result.complete = result.gap.empty();
    co_return result;
  }
  if (!both) backward = forward;
  const bool own_order = forward.chosen == backward.chosen;
  co_await search.go_on(own_order);

  std::vector<T> found = search.all_found();
  result.gap = search.gap();
  result.complete = result.gap.empty();
  if (found.size() == 1) {
    result.accepted = found;
    result.order_evidence = "there is only one";
    co_return result;
  }
  std::string order_gap;
  if (!both) {
    result.accepted = found;
    result.order_evidence = "one of two questions was not answered";
  } else if (own_order) {
    result.accepted = co_await search.in_server_order(order_gap);
    result.order = order_gap.empty() ? Order::Server : Order::Unknown;
    result.order_evidence = order_gap.empty() ? "the same choice from the list turned round" : order_gap;
  } else {
    const auto place = [&](const T& item) { return std::find(pool.begin(), pool.end(), item); };
    std::sort(found.begin(), found.end(), [&](const T& a, const T& b) { return place(a) < place(b); });
    std::vector<T> likely;
    for (const T& item : found)
      if (std::find(search.first.begin(), search.first.end(), item) != search.first.end()) likely.push_back(item);
    if (detail::follows_client(search.first, likely, forward.chosen, backward.chosen)) {
      result.accepted = std::move(found);
      result.order = Order::Client;
      result.order_evidence = "from the list turned round it chose the other end";
    } else {
      std::vector<std::vector<T>> single;
      for (const T& item : found) single.push_back({item});
      result.accepted = co_await detail::merge(chooser, std::move(single), order_gap);
      result.order = order_gap.empty() ? Order::Server : Order::Unknown;
      result.order_evidence =
          order_gap.empty() ? "an order of its own that leaves some choices to the client" : order_gap;
    }
  }
  co_return result;
}

}  // namespace tlsward::probe
