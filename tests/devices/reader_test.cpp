// A card reader read from its own device: what its keys mean, and the worker that waits for it.
#include "devices/reader.h"

#include "within.h"

#include <gtest/gtest.h>
#include <libevdev/libevdev-uinput.h>
#include <fcntl.h>
#include <linux/input.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <atomic>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using devices::CardReader;
using devices::make_card_code;
using devices::ReaderKeys;
using devices::ReaderState;
using devices::Wedge;
using Kind = Wedge::Event::Kind;

const std::string card_code = make_card_code(0x123456789abcdULL);
const std::string other_code = make_card_code(42);
const Wedge::Event garbage{Kind::garbage, {}};
Wedge::Event card(const std::string& code) { return {Kind::card, code}; }

using Keys = std::vector<input_event>;

void add(Keys& keys, unsigned type, unsigned code, int value) {
  input_event e{};
  e.type = static_cast<__u16>(type);
  e.code = static_cast<__u16>(code);
  e.value = value;
  keys.push_back(e);
}
void report(Keys& keys) { add(keys, EV_SYN, SYN_REPORT, 0); }
void press(Keys& keys, unsigned code) {
  for (const int value : {1, 0}) {
    add(keys, EV_KEY, code, value);
    report(keys);
  }
}
unsigned key_of(char c, bool keypad) {
  static const std::map<char, unsigned> letters{
      {'A', KEY_A}, {'B', KEY_B}, {'C', KEY_C}, {'D', KEY_D}, {'E', KEY_E}, {'F', KEY_F}, {'G', KEY_G}, {'H', KEY_H}, {'J', KEY_J},
      {'K', KEY_K}, {'M', KEY_M}, {'N', KEY_N}, {'P', KEY_P}, {'Q', KEY_Q}, {'R', KEY_R}, {'S', KEY_S}, {'T', KEY_T}, {'V', KEY_V},
      {'W', KEY_W}, {'X', KEY_X}, {'Y', KEY_Y}, {'Z', KEY_Z}};
  static const std::array<unsigned, 10> pad{KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4, KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};
  if (c < '0' || c > '9') return letters.at(c);
  if (keypad) return pad[static_cast<std::size_t>(c - '0')];
  return c == '0' ? KEY_0 : KEY_1 + static_cast<unsigned>(c - '1');
}
Keys typed(const std::string& text, bool shifted = false, bool keypad = false) {
  Keys keys;
  for (const char c : text) {
    const bool shift = shifted && c >= 'A';
    if (shift) add(keys, EV_KEY, KEY_LEFTSHIFT, 1);
    press(keys, key_of(c, keypad));
    if (shift) add(keys, EV_KEY, KEY_LEFTSHIFT, 0);
  }
  return keys;
}
Keys with_enter(Keys keys, unsigned enter = KEY_ENTER) {
  press(keys, enter);
  return keys;
}
std::span<const std::byte> bytes(const Keys& keys) { return std::as_bytes(std::span(keys)); }

// All at once, at one moment.
std::vector<Wedge::Event> read(const Keys& keys) { return ReaderKeys().feed(bytes(keys), 1000); }

// A device that is a pair of sockets: the test holds the other end.
struct Plug {
  std::mutex mutex;
  int other = -1;
  bool plugged = true;
  ReaderState why = ReaderState::absent;
  std::atomic<int> opened{0}, asked{0}, woken{0};

  std::expected<int, ReaderState> open() {
    ++asked;
    const std::lock_guard lock(mutex);
    if (!plugged) return std::unexpected(why);
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::unexpected(ReaderState::absent);
    other = ends[1];
    ++opened;
    return ends[0];
  }
  void type(const Keys& keys, std::size_t from = 0, std::size_t to = std::string::npos) {
    const std::lock_guard lock(mutex);
    const auto all = bytes(keys).subspan(from, std::min(to, bytes(keys).size()) - from);
    ASSERT_EQ(::write(other, all.data(), all.size()), static_cast<ssize_t>(all.size()));
  }
  void pull(bool stays_out = true) {
    const std::lock_guard lock(mutex);
    plugged = !stays_out;
    ::close(std::exchange(other, -1));
  }
  ~Plug() {
    if (other >= 0) ::close(other);
  }
};

struct ReaderAt {
  Plug plug;
  std::vector<Wedge::Event> events;
  CardReader reader;

  ReaderAt() : reader([this] { return plug.open(); }, [this] { ++plug.woken; }, 10ms) {}
  bool reads(std::size_t count) {
    return within(3s, [&] {
      std::ranges::move(reader.take(), std::back_inserter(events));
      return events.size() >= count;
    });
  }
  bool stands(bool here) {
    return within(3s, [&] { return reader.here() == here; });
  }
};

}  // namespace

TEST(ReaderKeys, a_card_is_a_card_whichever_keys_the_reader_presses) {
  for (const bool shifted : {false, true})
    for (const bool keypad : {false, true})
      for (const unsigned enter : {KEY_ENTER, KEY_KPENTER, KEY_TAB})
        EXPECT_EQ(read(with_enter(typed(card_code, shifted, keypad), enter)), std::vector{card(card_code)}) << shifted << keypad << enter;
}

TEST(ReaderKeys, two_cards_one_after_the_other_are_two) {
  auto keys = with_enter(typed(card_code));
  std::ranges::copy(with_enter(typed(other_code)), std::back_inserter(keys));
  EXPECT_EQ(read(keys), (std::vector{card(card_code), card(other_code)}));
}

TEST(ReaderKeys, events_may_come_in_any_pieces_however_slowly) {
  const auto keys = with_enter(typed(card_code));
  for (const std::size_t size : {1u, 7u, 23u, 25u, 100u}) {
    ReaderKeys reader;
    std::vector<Wedge::Event> events;
    std::int64_t ms = 5;
    // A hundred milliseconds between two keys: nobody at a keyboard could be told from it, and here nobody is.
    for (auto left = bytes(keys); !left.empty(); left = left.subspan(std::min(size, left.size()))) {
      ms += static_cast<std::int64_t>(size);
      std::ranges::move(reader.feed(left.first(std::min(size, left.size())), ms), std::back_inserter(events));
      std::ranges::move(reader.tick(ms), std::back_inserter(events));
    }
    EXPECT_EQ(events, std::vector{card(card_code)}) << size;
  }
}

TEST(ReaderKeys, a_held_key_counts_once_and_a_shifted_digit_is_not_the_digit) {
  Keys keys;
  for (const char c : card_code) {
    add(keys, EV_KEY, key_of(c, false), 1);
    for (int i = 0; i < 5; ++i) add(keys, EV_KEY, key_of(c, false), 2);
    add(keys, EV_KEY, key_of(c, false), 0);
    report(keys);
  }
  EXPECT_EQ(read(with_enter(keys)), std::vector{card(card_code)});
  for (const unsigned held : {KEY_LEFTSHIFT, KEY_RIGHTSHIFT, KEY_LEFTCTRL, KEY_RIGHTALT}) {
    Keys chord;
    add(chord, EV_KEY, held, 1);
    std::ranges::copy(typed(card_code), std::back_inserter(chord));
    add(chord, EV_KEY, held, 0);
    EXPECT_EQ(read(with_enter(chord)), std::vector{garbage}) << held;
  }
}

TEST(ReaderKeys, whatever_else_it_types_is_garbage_also_what_a_persons_fingers_could_have_typed) {
  EXPECT_EQ(read(with_enter(typed("1"))), std::vector{garbage});
  EXPECT_EQ(read(with_enter(typed("123456"))), std::vector{garbage}) << "a PIN";
  EXPECT_EQ(read(with_enter(typed("11111"))), std::vector{garbage});
  EXPECT_EQ(read(with_enter({})), std::vector<Wedge::Event>{}) << "Enter alone says nothing";
  auto wrong = card_code;
  std::swap(wrong[4], wrong[5]);
  ASSERT_FALSE(devices::valid_card_code(wrong));
  EXPECT_EQ(read(with_enter(typed(wrong))), std::vector{garbage});
  auto keys = typed(card_code);
  press(keys, KEY_DOT);  // no key of ours
  EXPECT_EQ(read(with_enter(keys)), std::vector{garbage});
  keys = typed(card_code);
  for (const unsigned lock : {KEY_CAPSLOCK, KEY_NUMLOCK}) press(keys, lock);
  EXPECT_EQ(read(with_enter(keys)), std::vector{card(card_code)}) << "readers press these around a code";
}

TEST(ReaderKeys, a_code_without_its_enter_is_garbage_after_a_while_and_is_not_joined_to_the_next) {
  ReaderKeys reader;
  EXPECT_TRUE(reader.feed(bytes(typed(card_code.substr(0, 6))), 1000).empty());
  ASSERT_TRUE(reader.deadline());
  EXPECT_TRUE(reader.tick(*reader.deadline() - 1).empty());
  EXPECT_EQ(reader.tick(*reader.deadline()), std::vector{garbage});
  EXPECT_FALSE(reader.deadline());
  EXPECT_EQ(reader.feed(bytes(with_enter(typed(card_code.substr(6)))), 3000), std::vector{garbage});
  EXPECT_EQ(reader.feed(bytes(with_enter(typed(card_code))), 5000), std::vector{card(card_code)});
}

TEST(ReaderKeys, ten_thousand_characters_without_an_enter_are_garbage_once) {
  ReaderKeys reader;
  std::vector<Wedge::Event> events;
  for (int i = 0; i < 1000; ++i) std::ranges::move(reader.feed(bytes(typed("NZ01234567")), 1000 + i), std::back_inserter(events));
  std::ranges::move(reader.feed(bytes(with_enter({})), 2001), std::back_inserter(events));
  EXPECT_EQ(events, std::vector{garbage});
  EXPECT_EQ(reader.feed(bytes(with_enter(typed(card_code))), 4000), std::vector{card(card_code)});
}

TEST(ReaderKeys, where_the_kernel_dropped_events_no_card_is_made_of_what_is_left) {
  // The queue ran over in the middle of one card and was emptied up to the middle of another of the same beginning.
  auto keys = typed(card_code.substr(0, 7));
  add(keys, EV_SYN, SYN_DROPPED, 0);
  press(keys, key_of('Z', false));
  keys.pop_back();  // the report after a drop comes when all that is stale is out
  report(keys);
  std::ranges::copy(with_enter(typed(card_code.substr(7))), std::back_inserter(keys));
  EXPECT_EQ(read(keys), std::vector{garbage});
  // A shift whose letting go was lost is not held for ever.
  Keys shifted;
  add(shifted, EV_KEY, KEY_LEFTSHIFT, 1);
  add(shifted, EV_SYN, SYN_DROPPED, 0);
  report(shifted);
  std::ranges::copy(with_enter(typed(card_code)), std::back_inserter(shifted));
  EXPECT_EQ(read(shifted), std::vector{card(card_code)});
}

TEST(ReaderKeys, other_events_of_a_device_say_nothing) {
  Keys keys;
  for (const char c : card_code) {
    add(keys, EV_MSC, MSC_SCAN, 0x70004);
    press(keys, key_of(c, false));
    add(keys, EV_LED, LED_CAPSL, 1);
    add(keys, EV_REL, REL_X, 3);
  }
  EXPECT_EQ(read(with_enter(keys)), std::vector{card(card_code)});
}

TEST(CardReader, reads_a_card_in_two_pieces_and_wakes_the_loop) {
  ReaderAt at;
  ASSERT_TRUE(at.stands(true));
  const auto keys = with_enter(typed(card_code));
  at.plug.type(keys, 0, 101);
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(at.plug.woken, 0);
  at.plug.type(keys, 101);
  ASSERT_TRUE(at.reads(1));
  EXPECT_EQ(at.events, std::vector{card(card_code)});
  EXPECT_GE(at.plug.woken, 1);
}

TEST(CardReader, pulled_out_and_plugged_in_again_it_reads_on_and_half_a_card_is_forgotten) {
  ReaderAt at;
  ASSERT_TRUE(at.stands(true));
  at.plug.type(typed(card_code.substr(0, 6)));
  at.plug.pull();
  ASSERT_TRUE(at.stands(false));
  {
    const std::lock_guard lock(at.plug.mutex);
    at.plug.plugged = true;
  }
  ASSERT_TRUE(at.stands(true));
  EXPECT_EQ(at.plug.opened, 2);
  at.plug.type(with_enter(typed(other_code)));
  ASSERT_TRUE(at.reads(1));
  EXPECT_EQ(at.events, std::vector{card(other_code)});
}

TEST(CardReader, where_another_program_has_it_it_is_tried_again) {
  ReaderAt at;
  ASSERT_TRUE(at.stands(true));
  {
    const std::lock_guard lock(at.plug.mutex);
    at.plug.why = ReaderState::busy;
  }
  at.plug.pull();
  ASSERT_TRUE(at.stands(false));
  const int asked = at.plug.asked;
  ASSERT_TRUE(within(3s, [&] { return at.plug.asked > asked + 3; }));
  EXPECT_FALSE(at.reader.here());
}

TEST(CardReader, a_code_whose_enter_never_comes_is_said_without_another_key) {
  ReaderAt at;
  ASSERT_TRUE(at.stands(true));
  at.plug.type(typed(card_code));
  ASSERT_TRUE(at.reads(1));
  EXPECT_EQ(at.events, std::vector{garbage});
}

TEST(CardReader, ends_at_once_while_it_waits_for_keys_or_for_a_device) {
  const auto begin = std::chrono::steady_clock::now();
  {
    Plug plug;
    CardReader reads([&] { return plug.open(); }, {}, 60s);
    ASSERT_TRUE(within(3s, [&] { return reads.here(); }));
    Plug none;
    none.plugged = false;
    CardReader waits([&] { return none.open(); }, {}, 60s);
    ASSERT_TRUE(within(3s, [&] { return none.asked > 0; }));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

TEST(CardReader, what_nobody_takes_does_not_fill_the_memory) {
  ReaderAt at;
  ASSERT_TRUE(at.stands(true));
  for (std::uint64_t i = 0; i < 40; ++i) {
    const auto woken = at.plug.woken.load();
    at.plug.type(with_enter(typed(make_card_code(i))));
    ASSERT_TRUE(within(3s, [&] { return at.plug.woken > woken; }));
  }
  const auto left = at.reader.take();
  ASSERT_EQ(left.size(), 8u);
  EXPECT_EQ(left.back(), card(make_card_code(39)));
}

namespace {

// Folders as the kernel's, with plain files for devices.
struct Folders {
  fs::path path;
  devices::InputFolders in;
  Folders() {
    auto made = (fs::temp_directory_path() / "reader-XXXXXX").string();
    if (!::mkdtemp(made.data())) std::abort();
    path = fs::canonical(made);
    in = {path / "input", path / "told"};
    fs::create_directories(in.nodes / "by-id");
  }
  ~Folders() { fs::remove_all(path); }
  fs::path device(const std::string& node, const std::string& own_name) const {
    std::ofstream(in.nodes / node) << "";
    fs::create_directories(in.told / node / "device");
    std::ofstream(in.told / node / "device/name") << own_name << '\n';
    return in.nodes / node;
  }
};

}  // namespace

TEST(NamedReader, is_found_by_its_own_name_or_a_path_and_each_device_once) {
  Folders f;
  const auto keyboard = f.device("event2", "AT Translated Set 2 keyboard"), scanner = f.device("event10", "Newtologic NT4010S"), second = f.device("event11", "Newtologic NT4010S Consumer Control");
  f.device("mouse0", "Newtologic mouse");
  const auto by_id = f.in.nodes / "by-id/usb-Newtologic_1-event-kbd";
  fs::create_symlink(scanner, by_id);
  fs::create_symlink(scanner, f.in.nodes / "by-id/usb-Newtologic_2-event-kbd");
  const auto found = [&](const std::string& named) { return devices::input_devices(named, f.in); };
  EXPECT_EQ(found("Newtologic NT4010S"), std::vector{scanner});
  EXPECT_EQ(found("newtologic*"), (std::vector{scanner, second}));
  EXPECT_EQ(found("*"), (std::vector{keyboard, scanner, second})) << "in the order of their numbers";
  EXPECT_EQ(found(by_id.string()), std::vector{scanner});
  EXPECT_EQ(found((f.in.nodes / "by-id/*Newtologic*event-kbd").string()), std::vector{scanner}) << "two names of one device";
  EXPECT_TRUE(found("").empty());
  EXPECT_TRUE(found("another").empty());
  EXPECT_TRUE(found("/nowhere/*").empty());
  EXPECT_EQ(devices::input_device_names(f.in), (std::vector<std::string>{"AT Translated Set 2 keyboard", "Newtologic NT4010S", "Newtologic NT4010S Consumer Control"}));
}

TEST(NamedReader, that_is_not_there_or_no_reader_is_said_and_never_taken) {
  Folders f;
  const auto plain = f.device("event3", "no device at all");
  EXPECT_EQ(devices::look_for_reader("another", f.in), ReaderState::absent);
  EXPECT_EQ(devices::look_for_reader(plain.string(), f.in), ReaderState::no_keys);
  EXPECT_EQ(devices::grab_reader("no device*", f.in).error(), ReaderState::no_keys);
}

// The kernel's own way, where this machine lets a program make a device.
TEST(NamedReader, takes_a_real_device_for_itself) {
  if (!fs::exists("/dev/uinput")) GTEST_SKIP() << "no /dev/uinput here";
  if (::access("/dev/uinput", W_OK) != 0) GTEST_SKIP() << "/dev/uinput may not be written by this user";
  auto* made = libevdev_new();
  libevdev_set_name(made, "Nuanzhan test reader");
  libevdev_enable_event_type(made, EV_KEY);
  for (unsigned code = KEY_ESC; code <= KEY_KPDOT; ++code) libevdev_enable_event_code(made, EV_KEY, code, nullptr);
  libevdev_enable_event_code(made, EV_KEY, KEY_KPENTER, nullptr);
  libevdev_uinput* device = nullptr;
  const int no = libevdev_uinput_create_from_device(made, LIBEVDEV_UINPUT_OPEN_MANAGED, &device);
  libevdev_free(made);
  if (no != 0) GTEST_SKIP() << "no device can be made here: " << std::strerror(-no);
  const char* node = libevdev_uinput_get_devnode(device);
  if (node == nullptr || !within(2s, [&] { return ::access(node, R_OK) == 0; })) {
    libevdev_uinput_destroy(device);
    GTEST_SKIP() << "the device that was made does not appear in /dev/input";
  }
  {
    CardReader reader(std::string("Nuanzhan test reader"), {});
    ASSERT_TRUE(within(3s, [&] { return reader.here(); }));
    EXPECT_EQ(devices::look_for_reader("Nuanzhan test*"), ReaderState::here) << "doctor may look while a kiosk has it";
    EXPECT_EQ(devices::grab_reader(node).error(), ReaderState::busy);
    const int other = ::open(node, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    for (const auto& e : with_enter(typed(card_code, true))) libevdev_uinput_write_event(device, e.type, e.code, e.value);
    std::vector<Wedge::Event> events;
    EXPECT_TRUE(within(3s, [&] {
      std::ranges::move(reader.take(), std::back_inserter(events));
      return !events.empty();
    }));
    EXPECT_EQ(events, std::vector{card(card_code)});
    input_event heard;
    EXPECT_LT(::read(other, &heard, sizeof heard), 0) << "who else listens hears nothing";
    ::close(other);
    libevdev_uinput_destroy(device);
    EXPECT_TRUE(within(3s, [&] { return !reader.here(); }));
  }
}
