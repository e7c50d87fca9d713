#include "engine/survey/audit_text.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

TEST(AuditText, ReadsAsPeopleWrite) {
  EXPECT_EQ(percent_text({.units = 445, .decimals = 1}, Language::french), "44,5\u00a0%");
  EXPECT_EQ(percent_text({.units = 445, .decimals = 1}, Language::english), "44.5%");
  EXPECT_EQ(range_text({3, 3}, Language::french), "3");
  EXPECT_EQ(range_text({3, 5}, Language::french), "3 à 5");
  const std::vector<std::int64_t> counts{9, 8, 7};
  EXPECT_EQ(list_text(counts, 3, Language::french), "9, 8 et 7");
  EXPECT_EQ(list_text(counts, 2, Language::french), "9, 8 et 1 autre");
  EXPECT_EQ(list_text(counts, 1, Language::english), "9 and 2 others");
}

}  // namespace
}  // namespace maillage
