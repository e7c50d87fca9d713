#include "adapters/cli/help_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/core/closest_name.hpp"

namespace maillage {

namespace {

/// A number as people write it: "0,1" in French.
std::string number_text(const std::string& number, const bool french) {
  std::string text = fmt::format("{:g}", std::strtod(number.c_str(), nullptr));
  if (french) {
    std::replace(text.begin(), text.end(), '.', ',');
  }
  return text;
}

/// The words of a set as the parser describes it: "{a,b}", or "value in {en->1,fr->0} OR {1,0}".
std::string choices(const std::string& description) {
  const std::size_t open = description.find('{');
  const std::size_t close = description.find('}', open);
  std::string words;
  std::string word;
  for (const char letter : description.substr(open + 1, close - open - 1) + ",") {
    if (letter == ',') {
      words += (words.empty() ? "" : "|") + word.substr(0, word.find("->"));
      word.clear();
    } else {
      word += letter;
    }
  }
  return words;
}

/// What an option takes: "TEXTE", "a|b", "NOMBRE de 0,1 à 1000".
std::string expected(const CLI::Option& option, const bool french) {
  const std::string type = option.get_type_name();
  const std::size_t colon = type.find(':');
  const std::string base = type.substr(0, colon);
  const std::string check = colon == std::string::npos ? "" : type.substr(colon + 1);
  if (check.find('{') != std::string::npos) {
    return choices(check);
  }
  const std::string number = french ? "NOMBRE" : "NUMBER";
  const std::size_t open = check.find('[');
  const std::size_t dash = check.find(" - ", open);
  if (open != std::string::npos && dash != std::string::npos) {
    return fmt::format("{} {} {} {} {}", number, french ? "de" : "from",
                       number_text(check.substr(open + 1, dash - open - 1), french), french ? "à" : "to",
                       number_text(check.substr(dash + 3), french));
  }
  if (check == "NONNEGATIVE") {
    return number + (french ? " d'au moins 0" : " of at least 0");
  }
  const bool numeric = base == "INT" || base == "UINT" || base == "FLOAT";
  return numeric ? number : french ? "TEXTE" : "TEXT";
}

class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(const bool french) : french_(french) {}

  /// Pads by characters, not by bytes: "à" is one.
  std::string make_option(const CLI::Option* option, const bool is_positional) const override {
    const std::string name = make_option_name(option, is_positional);
    const std::string left = "  " + name.substr(0, name.find('{')) + make_option_opts(option);
    const auto width = static_cast<std::size_t>(std::count_if(
        left.begin(), left.end(), [](const char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
    const std::size_t column = get_column_width();
    const std::string gap = width < column ? std::string(column - width, ' ') : "\n" + std::string(column, ' ');
    return left + gap + make_option_desc(option) + "\n";
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text;
    if (option->get_items_expected_max() != 0) {  // else a flag
      text += " " + expected(*option, french_);
      if (option->get_expected_max() == CLI::detail::expected_max_vector_size) {
        text += " ...";
      }
      if (option->get_required()) {
        text += french_ ? " (obligatoire)" : " (required)";
      }
    }
    for (const CLI::Option* needed : option->get_needs()) {
      text += (french_ ? " (avec " : " (with ") + needed->get_name() + ")";
    }
    return text;
  }

 private:
  bool french_;
};

/// Options and verbs a mistyped word may have meant.
std::vector<std::string> known_words(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      words.push_back("--" + name);
    }
  }
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    words.push_back(verb->get_name());
  }
  return words;
}

/// The option that the parser names at the beginning of its message.
const CLI::Option* option_at_fault(const CLI::App& app, const std::string& message) {
  const std::string name = message.substr(0, message.find_first_of(": "));
  return app.get_option_no_throw(name);
}

/// Message about an option's value, without the words of the parser.
std::optional<Text> value_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::Option* option = option_at_fault(app, error.what());
  if (option == nullptr) {
    return std::nullopt;
  }
  const std::string name = option->get_name();
  if (error.get_name() == "RequiredError") {
    return Text{.french = fmt::format("il manque « {} » ({})", name, expected(*option, true)),
                .english = fmt::format("'{}' is missing ({})", name, expected(*option, false))};
  }
  if (error.get_name() == "RequiresError" && !option->get_needs().empty()) {
    const std::string needed = (*option->get_needs().begin())->get_name();
    return Text{.french = fmt::format("« {} » ne va pas sans « {} »", name, needed),
                .english = fmt::format("'{}' does not go without '{}'", name, needed)};
  }
  const std::vector<std::string> found = option->results();
  if (found.empty()) {
    return Text{.french = fmt::format("« {} » attend une valeur : {}", name, expected(*option, true)),
                .english = fmt::format("'{}' wants a value: {}", name, expected(*option, false))};
  }
  return Text{
      .french = fmt::format("« {} » : « {} » trouvé, {} attendu", name, fmt::join(found, " "), expected(*option, true)),
      .english = fmt::format("'{}': found '{}', expected {}", name, fmt::join(found, " "), expected(*option, false))};
}

}  // namespace

std::shared_ptr<CLI::FormatterBase> help_formatter(const Language language) {
  const bool french = language == Language::french;
  auto formatter = std::make_shared<HelpFormatter>(french);
  if (french) {
    formatter->label("Usage", "Usage");
    formatter->label("OPTIONS", "options");
    formatter->label("SUBCOMMAND", "VERBE");
    formatter->label("Positionals", "Arguments");
    formatter->label("Options", "Options");
    formatter->label("Subcommands", "Verbes");
  }
  formatter->column_width(38);
  return formatter;
}

Text usage_error(const CLI::App& program, const CLI::ParseError& error) {
  std::string verb = "maillage";
  const CLI::App* deepest = &program;
  for (auto parsed = program.get_subcommands(); !parsed.empty(); parsed = deepest->get_subcommands()) {
    deepest = parsed.front();
    verb += " " + deepest->get_name();
  }
  const std::string help = verb + " --help";
  // What is left over tells of a misspelling, whatever the library complained of first.
  if (const auto extras = program.remaining(true); !extras.empty()) {
    const std::string word = extras.front().substr(0, extras.front().find('='));
    const auto near = closest_names(word, known_words(*deepest), 1);
    return {.french = fmt::format("« {} » n'est pas attendu ici.{} Voir : {}", word,
                                  near.empty() ? "" : fmt::format(" Vouliez-vous dire « {} » ?", near.front()), help),
            .english = fmt::format("'{}' is not expected here.{} See: {}", word,
                                   near.empty() ? "" : fmt::format(" Did you mean '{}'?", near.front()), help)};
  }
  if (const std::optional<Text> value = value_error(*deepest, error)) {
    return {.french = fmt::format("{}. Voir : {}", value->french, help),
            .english = fmt::format("{}. See: {}", value->english, help)};
  }
  if (error.get_name() == "RequiredError") {
    std::vector<std::string> verbs;
    for (const CLI::App* known : deepest->get_subcommands([](const CLI::App*) { return true; })) {
      verbs.push_back(known->get_name());
    }
    return {.french = fmt::format("il manque un verbe : {}. Voir : {}", fmt::join(verbs, ", "), help),
            .english = fmt::format("a verb is missing: {}. See: {}", fmt::join(verbs, ", "), help)};
  }
  return {.french = fmt::format("ligne de commande incorrecte ({}). Voir : {}", error.what(), help),
          .english = fmt::format("wrong command line ({}). See: {}", error.what(), help)};
}

}  // namespace maillage
