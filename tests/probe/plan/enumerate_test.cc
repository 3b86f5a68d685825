#include "probe/plan/enumerate.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/probe/plan/word_chooser.h"

namespace tlsward::tests {
namespace {

using probe::Order;
using probe::Verdict;
using Options = probe::EnumerationOptions<std::string>;

const std::vector<std::string> kPool = words("a b c d e f g h");

Options with_known(const std::string& order) {
  Options options;
  options.chains = 3;
  options.known_orders = {words(order)};
  return options;
}

std::vector<std::string> sorted(std::vector<std::string> items) {
  std::sort(items.begin(), items.end());
  return items;
}

WordChooser::Choice lost() {
  return {Verdict::Unknown, "", "no answer"};
}

/// No list claims more than the server has, and a complete one is all of it.
void check_honest(const probe::Enumeration<std::string>& found, const probe::Enumeration<std::string>& truth) {
  const auto all = sorted(truth.accepted), some = sorted(found.accepted);
  CHECK(std::includes(all.begin(), all.end(), some.begin(), some.end()));
  CHECK(found.complete == found.gap.empty());
  if (found.complete) CHECK(some == all);
  const bool same_or_untold = found.order == truth.order || found.order == Order::Unknown;
  CHECK(same_or_untold);
  if (found.order != Order::Server) return;
  std::vector<std::string> order;
  for (const std::string& item : truth.accepted)
    if (std::find(found.accepted.begin(), found.accepted.end(), item) != found.accepted.end()) order.push_back(item);
  CHECK(found.accepted == order);
}

}  // namespace

TEST_CASE("enumerate: a server's own order comes out as it is") {
  WordChooser chooser("f b h c");
  const auto found = enumerated(chooser, kPool);
  CHECK(codes(found.accepted) == "f b h c");
  CHECK(found.order == Order::Server);
  CHECK(found.order_evidence == "the same choice from the list turned round");
  CHECK(found.complete);
  CHECK(found.gap.empty());
}

TEST_CASE("enumerate: where the client's order decides, the list is as it was asked for") {
  WordChooser chooser("[h c f b]");
  const auto found = enumerated(chooser, kPool);
  CHECK(codes(found.accepted) == "b c f h");
  CHECK(found.order == Order::Client);
  CHECK(found.order_evidence == "from the list turned round it chose the other end");
  CHECK(found.complete);
}

TEST_CASE("enumerate: brackets of equal preference are an order of the server's with choices left to the client") {
  WordChooser chooser("[b c] f [a h]");
  const auto found = enumerated(chooser, kPool);
  CHECK(codes(found.accepted) == "b c f a h");
  CHECK(found.order == Order::Server);
  CHECK(found.order_evidence == "an order of its own that leaves some choices to the client");
  CHECK(found.complete);
}

TEST_CASE("enumerate: brackets at both ends of the list are not taken for the client's order") {
  Options one_chain;
  one_chain.chains = 1;
  WordChooser chooser("[a h] d b");
  const auto found = enumerated(chooser, kPool, one_chain);
  CHECK(codes(found.accepted) == "a h d b");
  CHECK(found.order == Order::Server);
}

TEST_CASE("enumerate: one item has no order") {
  WordChooser chooser("d");
  const auto found = enumerated(chooser, kPool);
  CHECK(codes(found.accepted) == "d");
  CHECK(found.order == Order::Unknown);
  CHECK(found.order_evidence == "there is only one");
  CHECK(found.complete);
}

TEST_CASE("enumerate: a server that refuses both hellos has nothing, and two questions tell so") {
  WordChooser chooser("x");
  const auto found = enumerated(chooser, kPool);
  CHECK(found.accepted.empty());
  CHECK(found.complete);
  CHECK(chooser.asked.size() == 2);
}

TEST_CASE("enumerate: an empty list asks nothing") {
  WordChooser chooser("a");
  const auto found = enumerated(chooser, {});
  CHECK(found.accepted.empty());
  CHECK(found.complete);
  CHECK(chooser.asked.empty());
}

TEST_CASE("enumerate: the right guess of the order costs one question for each item and each seam") {
  WordChooser chooser("h g f e d c b a");
  const auto found = enumerated(chooser, kPool, with_known("h g f e d c b a"));
  CHECK(codes(found.accepted) == "h g f e d c b a");
  CHECK(found.order == Order::Server);
  CHECK(chooser.asked.size() == 2 + 7 + 2);
}

TEST_CASE("enumerate: a wrong guess of the order is found out at the seams, and made good by asking") {
  WordChooser chooser("h a g b f c e d");
  const auto found = enumerated(chooser, kPool, with_known("h g f e d c b a"));
  CHECK(codes(found.accepted) == "h a g b f c e d");
  CHECK(found.order == Order::Server);
  CHECK(chooser.asked.size() <= 2 + 7 + 2 + 8);
}

TEST_CASE(
    "enumerate: another known order that agrees with all parts is asked for at its seams before they are merged") {
  Options options = with_known("h a b c d e f g");
  options.known_orders.push_back(words("h e a c f b g d"));
  WordChooser chooser("h e a c f b g d");
  const auto found = enumerated(chooser, kPool, options);
  CHECK(codes(found.accepted) == "h e a c f b g d");
  const auto merging = [](const auto& asked) { return asked.purpose == "order"; };
  CHECK(std::none_of(chooser.asked.begin(), chooser.asked.end(), merging));
}

TEST_CASE("enumerate: of the known orders the one counts in which the first choice stands furthest in front") {
  Options options;
  options.known_orders = {words("a b c d e f g h"), words("d c b a f e h g")};
  WordChooser chooser("d c b a");
  const auto found = enumerated(chooser, kPool, options);
  CHECK(codes(found.accepted) == "d c b a");
  // Two to begin with; c, b and a out of the first part and the refusal of its rest; the refusal of the second part.
  CHECK(chooser.asked.size() == 2 + 4 + 1);
}

TEST_CASE("enumerate: what does not fit into one offer is asked for in others") {
  Options options;
  options.room = 3;
  SECTION("own order") {
    WordChooser chooser("g a h b");
    const auto found = enumerated(chooser, kPool, options);
    CHECK(codes(found.accepted) == "g a h b");
    CHECK(found.order == Order::Server);
    CHECK(found.complete);
    for (const auto& asked : chooser.asked) CHECK(asked.offer.size() <= 3);
  }
  SECTION("the client's order") {
    WordChooser chooser("[g a h b]");
    const auto found = enumerated(chooser, kPool, options);
    CHECK(codes(found.accepted) == "a b g h");
    CHECK(found.order == Order::Client);
    CHECK(found.complete);
  }
}

TEST_CASE("enumerate: one likely item and a rare one are compared before anybody's order is claimed") {
  Options options;
  options.room = 4;
  SECTION("the client's order") {
    WordChooser chooser("[a g]");
    const auto found = enumerated(chooser, kPool, options);
    CHECK(codes(found.accepted) == "a g");
    CHECK(found.order == Order::Client);
  }
  SECTION("the server likes the rare one best") {
    WordChooser chooser("g a");
    const auto found = enumerated(chooser, kPool, options);
    CHECK(codes(found.accepted) == "g a");
    CHECK(found.order == Order::Server);
  }
}

TEST_CASE("enumerate: rare items alone are found and put in order") {
  Options options;
  options.room = 4;
  WordChooser chooser("h f g");
  const auto found = enumerated(chooser, kPool, options);
  CHECK(codes(found.accepted) == "h f g");
  CHECK(found.order == Order::Server);
  CHECK(found.complete);
}

TEST_CASE("enumerate: what another question told is not asked for again") {
  Options options;
  options.first = "f";
  WordChooser chooser("f b h c");
  const auto found = enumerated(chooser, kPool, options);
  CHECK(codes(found.accepted) == "f b h c");
  const auto asked = [&](const std::vector<std::string>& offer) {
    return std::any_of(chooser.asked.begin(), chooser.asked.end(), [&](const auto& one) { return one.offer == offer; });
  };
  CHECK_FALSE(asked(kPool));
}

TEST_CASE("enumerate: another question that told of what is not in the list is not believed") {
  Options options;
  options.first = "z";
  WordChooser chooser("f b h c");
  CHECK(codes(enumerated(chooser, kPool, options).accepted) == "f b h c");
}

TEST_CASE("enumerate: the first hello is lost: the one turned round stands for it, and the order is asked for again") {
  WordChooser chooser("[h c f b]");
  chooser.meddle = [](std::size_t number, WordChooser::Choice& choice) {
    if (number == 0) choice = lost();
  };
  const auto found = enumerated(chooser, kPool);
  CHECK(codes(found.accepted) == "b c f h");
  CHECK(found.order == Order::Client);
  CHECK(found.complete);
}

TEST_CASE("enumerate: both first hellos are lost: a gap, and no refusal") {
  WordChooser chooser("f b h c");
  chooser.meddle = [](std::size_t number, WordChooser::Choice& choice) {
    if (number < 2) choice = lost();
  };
  const auto found = enumerated(chooser, kPool);
  CHECK(found.accepted.empty());
  CHECK_FALSE(found.complete);
  CHECK(found.gap == "8 not told: no answer");
}

TEST_CASE("enumerate: a refusal beside a lost answer is no refusal of all") {
  const std::size_t lost_number = GENERATE(0u, 1u);
  WordChooser chooser("x");
  chooser.meddle = [&](std::size_t number, WordChooser::Choice& choice) {
    if (number == lost_number) choice = lost();
  };
  CHECK_FALSE(enumerated(chooser, kPool).complete);
}

TEST_CASE("enumerate: a gap says how many are not told and why") {
  WordChooser chooser("d");
  chooser.meddle = [](std::size_t number, WordChooser::Choice& choice) {
    if (number == 2) choice = lost();
  };
  Options options;
  options.chains = 1;
  const auto found = enumerated(chooser, kPool, options);
  CHECK(codes(found.accepted) == "d");
  CHECK(found.gap == "7 not told: no answer");
}

TEST_CASE("enumerate: whichever answer is lost, nothing false is told") {
  const std::string likes =
      GENERATE("f b h c", "[h c f b]", "[b c] f [a h]", "h a g b f c e d", "a b c d e f g h", "[a g]", "d", "g f", "x");
  const std::size_t room = GENERATE(3u, 8u);
  CAPTURE(likes, room);
  Options options = with_known("a b c d e f g h");
  options.room = room;
  WordChooser undisturbed(likes);
  const auto truth = enumerated(undisturbed, kPool, options);
  REQUIRE(truth.complete);
  for (std::size_t i = 0; i < undisturbed.asked.size(); ++i) {
    CAPTURE(i, undisturbed.asked[i].purpose);
    WordChooser chooser(likes);
    chooser.meddle = [&](std::size_t number, WordChooser::Choice& choice) {
      if (number == i) choice = lost();
    };
    check_honest(enumerated(chooser, kPool, options), truth);
  }
}

TEST_CASE("enumerate: whichever time the server chooses what was not offered, it is not in the list") {
  const std::string likes = GENERATE("f b h c", "[h c f b]", "[b c] f [a h]", "h a g b f c e d", "x");
  CAPTURE(likes);
  WordChooser undisturbed(likes);
  const auto truth = enumerated(undisturbed, kPool, with_known("a b c d e f g h"));
  for (std::size_t i = 0; i < undisturbed.asked.size(); ++i) {
    CAPTURE(i, undisturbed.asked[i].purpose);
    WordChooser chooser(likes);
    chooser.meddle = [&](std::size_t number, WordChooser::Choice& choice) {
      if (number == i) choice = {Verdict::Accepted, "z", "chosen"};
    };
    check_honest(enumerated(chooser, kPool, with_known("a b c d e f g h")), truth);
  }
}

TEST_CASE("enumerate: a server that always chooses the same, offered or not, does not keep anybody busy") {
  WordChooser chooser("a");
  chooser.meddle = [](std::size_t, WordChooser::Choice& choice) { choice = {Verdict::Accepted, "d", "chosen"}; };
  const auto found = enumerated(chooser, kPool);
  CHECK(codes(found.accepted) == "d");
  CHECK_FALSE(found.complete);
  CHECK(found.gap.find("the server chose what was not offered") != std::string::npos);
  CHECK(chooser.asked.size() <= 4);
}

}  // namespace tlsward::tests
