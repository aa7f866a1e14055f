// Cards to carry: ten on an A4 page, each the size of a bank card (85.6 x 54 mm, ISO/IEC 7810 ID-1), with cut
// marks.
//
// A card has its owner's name and face in large, and the code twice: as a QR code for a reader, and in letters for
// the day the reader is broken. It carries no address, no phone number, no group of need (a card gets lost). Any
// thread.
#pragma once

#include "base/text.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paper {

struct CardFace {
  std::string name;          // as called: 王秀兰
  std::string pictogram;     // shown large if there is no portrait
  std::string portrait_png;  // bytes of a PNG; one that cannot be read is as good as none
  std::string code;          // what the reader types: NZ + 11 characters
  std::string line;          // one line below the name: 2组 · 双塔村幸福院
  // The three pictures of the owner's secret, in order: only for a card that is kept at the office. Whoever finds a
  // card with them is its owner.
  std::optional<std::array<std::string, 3>> secret;
  std::string secret_text;   // what the reader types after the code: in the square alone, and nowhere else (devices/wedge.h)
};

// Written whole or not at all; throws like Writer. No cards: a file with one empty page. `words` has the table
// `paper.card`.
void write_cards_pdf(const std::filesystem::path& file, const std::vector<CardFace>& cards,
                     const base::Words& words);

// A slip of a card's size to be handed over and kept at home: the name and the three pictures in their order. Ten a page, with cut marks.
struct SecretSlip {
  std::string name;
  std::array<std::string, 3> pictures;
};
void write_slips_pdf(const std::filesystem::path& file, const std::vector<SecretSlip>& slips, const base::Words& words);

}  // namespace paper
