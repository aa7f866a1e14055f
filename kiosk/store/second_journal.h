// The second journal: every acknowledged transaction once more, in files of its own, on another device where there is one.
//
// The rule that must hold: `append` returns only when the transaction is on that device, and it is called before the database's COMMIT.
// So whatever the database loses (a cut write-ahead file, a swapped old copy, a damaged page) stands here, in the order it was committed.
// One writer at a time: whoever appends holds the database's write lock; what other programs appended meanwhile is found by looking.
//
// A folder of segments 00000001.nzj, 00000002.nzj, …, each preallocated so that a forced write changes no file size:
//
//   512 B    head: magic "NZSECND1", number u64, id 16 B, the key in a box for the township (80 B, zeros where there is none), BLAKE2b-256
//   records  at multiples of 256 B: length u32, nonce 24 B, XChaCha20-Poly1305 of the record, zeros up to the next multiple
//
// The number, the id and the place are bound to each record: none can be moved or swapped. Records differ in size by steps of 256 B only.
// What does not open is passed over, and reading goes on at the next record that does: a damaged record costs itself alone.
#pragma once

#include "store/fact.h"
#include "store/sealed.h"

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace store {

using ChainHead = std::array<std::uint8_t, 32>;

// This machine's own key: 32 random bytes in kiosk.key of the data directory, mode 0600, made once. It keeps a stolen second device
// shut; a stolen kiosk has both. Throws std::system_error where it cannot be read or made.
using MachineKey = std::array<std::uint8_t, 32>;
[[nodiscard]] std::optional<MachineKey> machine_key(const std::filesystem::path& data, bool make);

class SecondJournal {
 public:
  struct Entry {
    Fact fact;
    ChainHead head{};  // of its origin, after it
  };
  struct Position {
    std::int64_t seq = 0;
    ChainHead head{};
    bool operator==(const Position&) const = default;
  };
  using Positions = std::map<base::Uuid, Position>;  // by origin
  struct Record {
    // transaction: what one COMMIT brought. begins: from here on; what came before lies in the database and its backups alone.
    // goes_on: a new segment, nothing is missing before it.
    enum class Kind : char { transaction = 'T', begins = 'B', goes_on = 'G' };
    Kind kind = Kind::transaction;
    std::vector<Entry> entries;
    Positions positions;
  };
  struct Found {
    std::int64_t transactions = 0, facts = 0, segments = 0;
    std::int64_t damaged = 0;  // records or heads that do not open though something follows them
  };

  // Opens the folder (made where its parent is there) and finds its end. `folder` empty of segments: nothing stands in it until the
  // first `begin` or `append`. Throws std::system_error where it cannot be read.
  SecondJournal(std::filesystem::path folder, const MachineKey& key, std::optional<PublicKey> township);
  ~SecondJournal();
  SecondJournal(const SecondJournal&) = delete;
  SecondJournal& operator=(const SecondJournal&) = delete;

  // Durable when it returns. Throws std::system_error, and then nothing was appended that anybody reads.
  void append(std::span<const Entry>);
  // Says that everything up to these positions is elsewhere.
  void begin(const Positions&);
  // The last `append` is not true after all: its COMMIT was refused. Throws std::system_error.
  void take_back();

  // Finds what others appended since. Then `positions` are those of the last record, empty where nothing stands here.
  const Positions& look();
  [[nodiscard]] const Positions& positions() const { return positions_; }

  // Every record, oldest first; false from `see` ends it.
  Found each(const std::function<bool(const Record&)>& see) const;
  // The same from a segment on (its number); `segments` gives the numbers that are there, oldest first.
  Found each_from(std::uint64_t segment, const std::function<bool(const Record&)>& see) const;
  [[nodiscard]] std::vector<std::uint64_t> segments() const;

  // Moves everything that stands here into a folder of its own beside it: another history begins (a restore). Throws std::system_error.
  void set_aside(const std::string& name);
  // Removes segments whose facts are all at or below these positions: a verified backup has them. The newest stays.
  // Gives how many went.
  int drop_covered(const Positions&);

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  // Segments are there, and the disk gives not one head of them: a card that is dying.
  [[nodiscard]] bool gives_nothing() const { return !newest_ && head_unread_; }

  // The key of a segment, from the box in its head, for whoever holds the township's secret key.
  [[nodiscard]] static std::optional<MachineKey> key_by_township(const std::filesystem::path& folder, const KeyPair& township);

  static constexpr std::size_t segment_bytes = std::size_t{4} << 20;  // about 8000 check-ins

 private:
  struct Segment;
  [[nodiscard]] std::unique_ptr<Segment> open_or_none(std::uint64_t number);
  void open_newest();
  void follow_segment(bool whole);
  void start_segment(Record::Kind first, std::size_t at_least);
  void write(const Record&);
  [[nodiscard]] std::string sealed_record(const Record&, std::uint64_t at) const;
  [[nodiscard]] std::optional<Record> record_in(const Segment&, std::uint64_t at, std::string_view from_there, std::uint64_t& next) const;
  [[nodiscard]] std::filesystem::path file_of(std::uint64_t number) const;

  std::filesystem::path folder_;
  MachineKey key_;
  std::optional<PublicKey> township_;
  std::unique_ptr<Segment> newest_;
  bool head_unread_ = false;  // of a segment, since the folder was last opened
  std::uint64_t last_at_ = 0, last_end_ = 0;  // of the record appended last here
  Positions positions_, before_last_;
};

}  // namespace store
