#include "adapters/cli/console.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdio>
#include <nlohmann/json.hpp>

namespace maillage {
namespace {

std::string json_line(const char* level, const std::string& message) {
  return nlohmann::json{{"level", level}, {"message", message}}.dump(-1, ' ', false,
                                                                     nlohmann::json::error_handler_t::replace);
}

}  // namespace

Console::Console(const CommonOptions& options)
    : options_(options),
      log_(std::make_shared<spdlog::logger>("maillage", std::make_shared<spdlog::sinks::stderr_sink_mt>())),
      terminal_(::isatty(STDERR_FILENO) != 0 && !options.log_json && !options.quiet) {
  log_->set_pattern("%v");
  log_->set_level(options.quiet ? spdlog::level::err : spdlog::level::info);
}

Console::~Console() {
  clear_bar();
}

void Console::print(const std::string& line) const {
  if (!options_.quiet) {
    fmt::print("{}\n", line);
  }
}

void Console::step(const Text& text) {
  clear_bar();
  log_->info(options_.log_json ? json_line("info", in_language(text)) : in_language(text));
}

void Console::warn(const Text& text) {
  clear_bar();
  const std::string label = options_.language == Language::french ? "Attention : " : "Warning: ";
  log_->warn(options_.log_json ? json_line("warning", in_language(text)) : label + in_language(text));
}

void Console::error(const Text& text, const int exit_code) {
  clear_bar();
  const std::string label = options_.language == Language::french ? "Erreur : " : "Error: ";
  if (options_.log_json) {
    log_->error(nlohmann::json{{"level", "error"}, {"message", in_language(text)}, {"exit_code", exit_code}}.dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    log_->error(label + in_language(text));
  }
}

Progress Console::progress() {
  if (!terminal_) {
    return {};
  }
  return [this](const std::string_view step, const std::size_t done, const std::size_t total) {
    constexpr std::size_t kWidth = 30;
    const std::size_t filled = total == 0 ? 0 : done * kWidth / total;
    fmt::print(stderr, "\r{:<40} [{}{}]", step, std::string(filled, '#'), std::string(kWidth - filled, ' '));
    std::fflush(stderr);
    bar_shown_ = true;
  };
}

void Console::clear_bar() {
  if (bar_shown_) {
    fmt::print(stderr, "\r{:<80}\r", "");
    bar_shown_ = false;
  }
}

}  // namespace maillage
