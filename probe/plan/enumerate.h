// Finding out all that a server accepts of a long list, when each question tells one: offer, see what it chooses, offer
// the rest, until it refuses.
//
// One after the other that takes as many rounds as there are answers. So the list is asked for in several chains side
// by side. A server that follows the client's order (it chooses differently when the list is turned round) needs no
// order of its own, and its list is dealt out to the chains like cards. A server with an order of its own gets chains
// that are contiguous parts of the order that it most likely has; each chain comes out in the server's order whatever
// it is. Then a known order that agrees with all of them, or else the chains joined, is asked for at its seams, all at
// once. Where that was wrong too, the chains are merged by asking.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/task.h"
#include "probe/plan/choice.h"
#include "probe/result.h"

namespace tlsward::probe {

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

/// The search in its parts; lives in the frame of `enumerate`.
template <class T, class Chooser>
struct Search {
  Chooser& chooser;
  const EnumerationOptions<T>& options;
  const std::vector<T>& pool;
  std::vector<T> first = {};         // the likely items: they fit into one offer
  std::vector<Chain<T>> later = {};  // the others, an offer each
  Choice<T> forward = {}, backward = {};
  std::vector<Chain<T>> chains = {};  // of `first`, without what `forward` and `backward` told

  void share_out() {
    const std::size_t room = std::max<std::size_t>(1, options.room);
    for (std::size_t begin = 0; begin < pool.size(); begin += room) {
      const auto from = pool.begin() + static_cast<std::ptrdiff_t>(begin);
      std::vector<T> part(from, from + static_cast<std::ptrdiff_t>(std::min(room, pool.size() - begin)));
      if (begin == 0)
        first = std::move(part);
      else
        later.push_back({std::move(part), {}, {}});
    }
  }

  /// The questions that need no answer before them.
  Task<void> open() {
    std::vector<T> turned(first.rbegin(), first.rend());
    std::vector<Choice<T>> choices(later.size());
    TaskGroup group;
    if (options.first && contains(first, *options.first)) {
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
  Task<void> go_on() {
    if (!told().empty()) cut_rest();
    TaskGroup group;
    for (std::size_t i = 0; i < chains.size(); ++i)
      group.spawn(follow(chooser, chains[i], "part " + std::to_string(i + 1) + " of " + std::to_string(chains.size())));
    for (Chain<T>& chain : later)
      if (!chain.rest.empty()) group.spawn(follow(chooser, chain, "rare ones"));
    co_await group.join();
    if (told().empty()) note_refusal();
  }

  void cut_rest() {
    std::vector<T> rest = first;
    for (const T& item : told()) erase(rest, item);
    if (told().size() == 1) {
      const std::vector<T>* order = likely_order(options.known_orders, told().front());
      if (order != nullptr) sort_as(*order, rest);
      chains = cut(rest, options.chains, order == nullptr ? 0 : likely_count(*order, rest));
    } else {
      chains = deal(rest, options.chains);
    }
  }

  // Refused is what both say; where one was lost, the likely items are not told.
  void note_refusal() {
    Chain<T> whole{first, {}, {}};
    take(whole, forward.verdict == Verdict::Unknown ? forward : backward);
    chains.push_back(std::move(whole));
  }

  /// What `forward` and `backward` told: one where both chose the same, or where one was lost.
  std::vector<T> told() const {
    std::vector<T> items;
    for (const Choice<T>* choice : {&forward, &backward})
      if (choice->verdict == Verdict::Accepted && !contains(items, choice->chosen)) items.push_back(choice->chosen);
    return items;
  }

  /// Everything found, as `pool` has it.
  std::vector<T> all_found() const {
    std::vector<T> found = told();
    for (const auto* list : {&chains, &later})
      for (const Chain<T>& chain : *list) found.insert(found.end(), chain.found.begin(), chain.found.end());
    sort_as(pool, found);
    return found;
  }

  static std::string gap_of(const std::vector<Chain<T>>& list) {
    for (const Chain<T>& chain : list)
      if (!chain.gap.empty()) return std::to_string(chain.rest.size()) + " not told: " + chain.gap;
    return {};
  }
  std::string gap() const {
    const std::string likely = gap_of(chains);
    return likely.empty() ? gap_of(later) : likely;
  }

  /// Who decides, and the order of `result.accepted` where it is the server.
  Task<void> settle_order(Enumeration<T>& result) {
    std::vector<T> listed;
    for (const T& item : result.accepted)
      if (contains(first, item)) listed.push_back(item);
    const bool both = forward.verdict == Verdict::Accepted && backward.verdict == Verdict::Accepted;
    const bool compared = both && listed.size() > 1;
    const std::vector<T> tops = told();
    if (!compared) {
      listed = result.accepted;
      co_await compare(listed, result.order_evidence);
      if (!result.order_evidence.empty()) co_return;
    }
    std::string order_gap;
    if (forward.chosen == backward.chosen) {
      result.accepted = co_await in_server_order(tops, order_gap);
      result.order = Order::Server;
      result.order_evidence = "the same choice from the list turned round";
    } else if (!gap_of(chains).empty()) {
      result.order_evidence = "the list is not complete";
    } else if (follows_client(listed)) {
      result.order = Order::Client;
      result.order_evidence = "from the list turned round it chose the other end";
    } else {
      std::vector<std::vector<T>> single;
      for (const T& item : result.accepted) single.push_back({item});
      result.accepted = co_await merge(chooser, std::move(single), order_gap);
      result.order = Order::Server;
      result.order_evidence = "an order of its own that leaves some choices to the client";
    }
    if (order_gap.empty()) co_return;
    result.order = Order::Unknown;
    result.order_evidence = order_gap;
  }

  // Where one of the two first answers was lost, or one likely item was all there was to choose from, they say nothing
  // of the order: they are asked again with what is accepted.
  Task<void> compare(const std::vector<T>& accepted, std::string& problem) {
    if (accepted.size() > std::max<std::size_t>(1, options.room)) {
      problem = "more than one hello holds";
      co_return;
    }
    std::vector<T> turned(accepted.rbegin(), accepted.rend());
    TaskGroup group;
    group.spawn(store_choice<T>(chooser, accepted, "order", false, forward));
    group.spawn(store_choice<T>(chooser, std::move(turned), "order, turned round", false, backward));
    co_await group.join();
    if (forward.verdict != Verdict::Accepted || backward.verdict != Verdict::Accepted)
      problem = "one of two questions was not answered";
  }

  /// Where the client's order counts, the first of the list was chosen of it, the last of the list turned round, and
  /// each chain came out as it was asked for.
  bool follows_client(const std::vector<T>& listed) const {
    const auto as_asked = [&](const Chain<T>& chain) {
      std::vector<T> sorted = chain.found;
      sort_as(pool, sorted);
      return sorted == chain.found;
    };
    return listed.front() == forward.chosen && listed.back() == backward.chosen &&
           std::all_of(chains.begin(), chains.end(), as_asked);
  }

  /// The chains, each in the server's order: the seams, or merging, tell the order of all.
  Task<std::vector<T>> in_server_order(std::vector<T> tops, std::string& order_gap) {
    std::vector<std::vector<T>> sorted, parts;
    for (const T& top : tops) sorted.push_back({top});
    for (const auto* list : {&chains, &later})
      for (const Chain<T>& chain : *list)
        if (!chain.found.empty()) parts.push_back(chain.found);
    sorted.insert(sorted.end(), parts.begin(), parts.end());
    // The top needs no seam: it was chosen of all the likely ones.
    const bool top_is_first = tops.size() == 1 && later_found() == 0;
    if (top_is_first) {
      std::vector<T> guess = likely_union(options.known_orders, parts);
      const bool right = co_await seams_hold(chooser, guess, parts);
      guess.insert(guess.begin(), tops.front());
      if (right) co_return guess;
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
  Enumeration<T> result;
  enumerate_detail::Search<T, Chooser> search{chooser, options, pool};
  search.share_out();
  if (!pool.empty()) {
    co_await search.open();
    co_await search.go_on();
  }
  result.accepted = search.all_found();
  result.gap = search.gap();
  result.complete = result.gap.empty();
  if (result.accepted.size() == 1) result.order_evidence = "there is only one";
  if (result.accepted.size() > 1) co_await search.settle_order(result);
  co_return result;
}

}  // namespace tlsward::probe
