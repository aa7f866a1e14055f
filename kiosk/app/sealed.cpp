// What is sealed, in a session at the glass: opened for whoever has PIN and card, handed on to who reads since lately, and covered when the session ends.
#include "app/acts.h"
#include "app/kiosk.h"
#include "base/log.h"
#include "village/handed.h"
#include "village/keys.h"

namespace app {

// The pair that needs the card as well. What to tell, where the card does not do: desk.refused.<it>.
std::string Kiosk::unlock_sealed(parts::Keyring& keyring) {
  if (!keyring.carded || keyring.sealed || !keyring.pair || !reader().may(village::right::read_sealed)) return {};
  const village::StaffId staff{*viewer_.staff};
  const auto wipe = [&] { store::wipe(keyring.card); };
  const bool before = village::has_sealed_key(reader(), staff);
  if (keyring.card.empty()) {
    keyring.carded = !before;  // a card without a secret opens what was sealed before there was a pair of its own, and hides nothing that is there
    return before ? "card_without_key" : "";
  }
  if (auto pair = village::sealed_pair(reader(), staff, *keyring.pair, keyring.card)) {
    keyring.sealed = std::make_shared<const store::KeyPair>(std::move(*pair));
    wipe();
    return {};
  }
  const auto outcome = app::run(s_.store, viewer_, s_.trace, [&](store::Act& act) -> parts::Outcome {
    auto made = village::make_sealed_pair(act, *keyring.pair, keyring.card);
    if (!made) return std::unexpected(parts::Refused{"village", std::string(village::name(made.error()))});
    keyring.sealed = std::move(*made);
    return std::any{};
  }, chore_patience_ms);
  wipe();
  if (!outcome) {
    keyring.sealed.reset();
    keyring.carded = false;
    return "card_later";
  }
  return before ? "card_other_key" : "";
}

// What is sealed for whoever signed in is opened beside the drawing, and seen in this session alone.
void Kiosk::open_sealed() {
  auto& keyring = draft_.of<parts::Keyring>();
  if (!keyring.pair) return;
  if (const auto told = unlock_sealed(keyring); !told.empty()) refuse({"desk", told});
  if (!parts::may_open(reader(), keyring)) return;
  struct Found {
    std::vector<std::shared_ptr<const store::KeyPair>> pairs;
    std::optional<store::Store::Opened> opened;  // nothing: the disk did not give them
  };
  const auto found = std::make_shared<Found>();
  for (const auto& pair : {keyring.sealed, keyring.pair})
    if (pair) found->pairs.push_back(pair);
  s_.workers.start(
      [this, found, viewer = viewer_] {
        try {
          std::vector<const store::KeyPair*> pairs;
          for (const auto& pair : found->pairs) pairs.push_back(pair.get());
          const auto own = s_.store.beside();
          found->opened = own->open_envelopes(pairs, village::handed_to(own->reader(viewer), pairs), *viewer.staff);
        } catch (const std::exception& e) {
          spdlog::error("what is sealed could not be opened: {}", e.what());
        }
      },
      [this, found] {
        const auto& now = draft_.of<parts::Keyring>();
        if (!found->opened) return;
        if (now.pair == found->pairs.back() && (!now.sealed || now.sealed == found->pairs.front())) {  // else the session ended meanwhile
          s_.store.show_opened(viewer_, found->opened->facts);
          hand_on(found->opened->keys);
          look_again();
        }
        for (auto& held : found->opened->keys) held.key.fill(0);
      });
}

// Who reads since lately gets the keys of what lies there. Where the disk is busy: the next time.
void Kiosk::hand_on(std::span<const store::HeldKey> keys) {
  const auto to = village::still_to_hand(reader(), village::StaffId{*viewer_.staff});
  if (to.empty()) return;
  (void)app::run(s_.store, viewer_, s_.trace, [&](store::Act& act) -> parts::Outcome {
    for (const auto& key : to) village::hand_on(act, key, keys);
    return std::any{};
  }, chore_patience_ms);
}

// A step that whoever reads sealed things takes in every session, whether there is anything to read or not.
void Kiosk::step_of_reader() {
  const auto& key = screen_key();
  if (!viewer_.is_staff() || (key != "desk/today" && key != "request/queue") || !reader().may(village::right::read_sealed) || s_.store.take_step()) return;
  leave_cover();
}

// The session is over: it ends with an envelope like every other, and what it opened is forgotten. The next one has said nothing yet.
void Kiosk::close_sealed() {
  if (!s_.store.ends_sealed()) leave_cover();
  s_.store.close_opened();
}

// False: another program writes, or the machine cannot. Who has no right to it is not asked again.
bool Kiosk::wrote(const Later& what) {
  const auto outcome = app::run(s_.store, what.viewer, s_.trace, what.deed, chore_patience_ms);
  return outcome && (*outcome || outcome->error().shape != "app");
}

void Kiosk::leave_cover() {
  // An envelope does not tell who left it, and nobody needs to remember who it was.
  write_soon({store::Viewer::clockwork(s_.site.value), [](store::Act& act) -> parts::Outcome {
                village::leave_cover(act);
                return std::any{};
              }});
}

void Kiosk::note(std::function<parts::Outcome(store::Act&)> deed) { write_soon({viewer_, std::move(deed)}); }

// Now, or with the chores where that cannot be.
void Kiosk::write_soon(Later what) {
  if (!wrote(what)) later_.push_back(std::move(what));
}

// A few at a time: each waits for the disk, and somebody may stand before the glass. False: there are more.
bool Kiosk::write_later() {
  constexpr std::size_t most = 500, a_turn = 4;  // most: of a disk that stays full
  if (later_.size() > most) {
    spdlog::error("{} notes of who read what could not be written and are given up", later_.size() - most);
    later_.erase(later_.begin(), later_.end() - most);
  }
  for (std::size_t i = 0; i < a_turn && !later_.empty() && wrote(later_.front()); ++i) {
    later_.erase(later_.begin());
    s_.store.set_ends_sealed(false);  // it may belong to a session that is over: this one leaves an envelope of its own
  }
  return later_.empty();
}

}  // namespace app
