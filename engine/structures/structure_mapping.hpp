#pragma once

#include <string>
#include <utility>
#include <vector>

namespace maillage {

/// Values of one field that the study replaces: {"MJC", "Structure jeunesse"}.
struct Recoding {
  std::string field;
  std::vector<std::pair<std::string, std::string>> values;  ///< (found, wanted)
};

/// Rows kept: those whose column holds one of the values.
struct RowFilter {
  std::string column;
  std::vector<std::string> values;
};

/// How the columns of one source become structures, where the study says so; everything it leaves out is recognised.
/// Fields: key, name, typology, legal_status, competences, resources, actions, capacity, opening_hours, vintage,
/// commune_code, postcode, commune_name, longitude, latitude, x, y, latitude_longitude ("46.17, 5.32" in one cell). A column
/// "" switches a recognised field off; carried = ["*"] carries every column but those of mails, telephones and persons.
struct StructureMapping {
  std::string source;                                          ///< name of the source in outputs
  std::vector<std::pair<std::string, std::string>> columns;    ///< (field, column of the file)
  std::vector<std::pair<std::string, std::string>> constants;  ///< (field, value for every row)
  std::vector<Recoding> recodings;
  std::vector<RowFilter> filters;
  std::vector<std::string> carried;              ///< columns to carry through to the outputs
  std::string multi_response_separators = ";|";  ///< characters that part the values of multi-response columns
  std::string crs;                               ///< of the x and y columns, "EPSG:2154"; empty: degrees or as the file says
};

}  // namespace maillage
