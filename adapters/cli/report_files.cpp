#include "adapters/cli/report_files.hpp"

#include <cstdint>
#include <string>

#include "adapters/cairo/pdf_document.hpp"
#include "adapters/file/checked_file.hpp"
#include "adapters/file/sha256.hpp"
#include "maps/html_document.hpp"

namespace maillage {
namespace {

/// A policy names hashes in base64.
std::string policy_hash(const std::string& text) {
  constexpr const char* kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = sha256_of_bytes(text);
  std::string hash = "sha256-";
  std::uint32_t bits = 0;
  int held = 0;
  for (std::size_t k = 0; k < hex.size(); k += 2) {
    bits = bits << 8U | static_cast<std::uint32_t>(std::stoul(hex.substr(k, 2), nullptr, 16));
    held += 8;
    while (held >= 6) {
      held -= 6;
      hash += kDigits[bits >> static_cast<unsigned>(held) & 0x3FU];
    }
  }
  // 32 bytes leave four bits.
  hash += kDigits[bits << static_cast<unsigned>(6 - held) & 0x3FU];
  return hash + "=";
}

void write_new(const std::filesystem::path& path, const std::string& bytes) {
  CheckedFile file{path};
  file.write(bytes);
  file.close();
}

}  // namespace

std::string report_html(const ReportDocument& document) {
  return html_document(document, policy_hash);
}

void write_report(const std::filesystem::path& folder, const std::string& name, const ReportDocument& document,
                  const ReportFormat format) {
  if (format != ReportFormat::pdf) {
    write_new(folder / (name + ".html"), report_html(document));
  }
  if (format != ReportFormat::html) {
    write_new(folder / (name + ".pdf"), pdf_document(document));
  }
}

}  // namespace maillage
