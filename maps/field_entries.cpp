#include "maps/field_entries.hpp"

#include <array>

#include "maps/field_dictionary.hpp"

namespace maillage::detail {

namespace {

constexpr std::uint32_t bit(const LayerKind kind) {
  return 1U << static_cast<std::uint32_t>(kind);
}

constexpr std::uint32_t kCommunes = bit(LayerKind::communes);
constexpr std::uint32_t kStructures = bit(LayerKind::structures);
constexpr std::uint32_t kCommuneGaps = bit(LayerKind::commune_gaps);
constexpr std::uint32_t kGeometricGaps = bit(LayerKind::geometric_gaps);
constexpr std::uint32_t kJumps = bit(LayerKind::discontinuities);
constexpr std::uint32_t kZones = bit(LayerKind::departements) | bit(LayerKind::epcis);
constexpr std::uint32_t kGaps = kCommuneGaps | kGeometricGaps;
constexpr std::uint32_t kAccess = bit(LayerKind::access) | bit(LayerKind::clusters);
constexpr std::uint32_t kIsochrones = bit(LayerKind::isochrones);
constexpr std::uint32_t kReached = bit(LayerKind::reached_roads);
constexpr std::uint32_t kAudit = bit(LayerKind::network_audit);
constexpr std::uint32_t kAuditedPlaces = bit(LayerKind::audited_places);

constexpr FieldType kText = FieldType::text;
constexpr FieldType kInteger = FieldType::integer;
constexpr FieldType kReal = FieldType::real;
constexpr FieldType kBoolean = FieldType::boolean;

// The order here is the order of the columns. Short names never change once published: other people's projects name them.
constexpr auto kCommon = std::to_array<FieldEntry>({
    {kCommunes | kZones | kAccess, "code", "CODE", kText, "", 0, "Code", "Code",
     "Code officiel : INSEE pour une commune ou un département, SIREN pour un EPCI.",
     "Official code: INSEE for a commune or departement, SIREN for an EPCI."},
    {kStructures, "cle", "CLE", kText, "", 0, "Identifiant", "Identifier", "Identifiant de la structure dans sa source.",
     "Identifier of the structure in its source."},
    {kIsochrones | kReached | kAuditedPlaces, "cle", "CLE", kText, "", 0, "Identifiant", "Identifier",
     "Identifiant du lieu dans son fichier, ou code de la commune ; vide pour tous les lieux ensemble.",
     "Identifier of the place in its file, or code of the commune; empty for all places together."},
    {kCommunes | kZones | kStructures | kAuditedPlaces | kAccess, "nom", "NOM", kText, "", 0, "Nom", "Name",
     "Nom tel que la source l’écrit.", "Name as the source writes it."},
    {kGaps | kJumps, "definition", "DEFINITION", kText, "", 0, "Définition", "Definition",
     "Nom de la définition de couverture dans l’étude.", "Name of the coverage definition in the study."},
    {kGaps | kJumps, "definition_libelle", "DEF_LIB", kText, "", 0, "Libellé de la définition", "Label of the definition",
     "Définition de couverture, pour les légendes.", "Coverage definition, for legends."},
    {kCommuneGaps, "nature", "NATURE", kText, "", 0, "Nature", "Kind",
     "« sans structure » : aucune structure dans ces communes ; « au-delà de la limite » : communes non couvertes.",
     "'sans structure': no structure in these communes; 'au-delà de la limite': communes not covered."},
    {kGaps, "numero", "NUMERO", kInteger, "", 0, "Numéro", "Number",
     "Rang de la lacune dans sa définition, de la plus peuplée à la moins peuplée.",
     "Rank of the gap in its definition, most populous first."},
    {kStructures, "source", "SOURCE", kText, "", 0, "Source", "Source", "Fichier d’où vient la structure.",
     "File the structure comes from."},
    {kStructures, "typologie", "TYPOLOGIE", kText, "", 0, "Type", "Type", "Type de structure.", "Type of structure."},
    {kStructures, "statut", "STATUT", kText, "", 0, "Statut juridique", "Legal status", "Statut juridique déclaré.",
     "Legal status as declared."},
    {kStructures, "competences", "COMPETENC", kText, "", 0, "Compétences", "Skills",
     "Compétences, séparées par des points-virgules.", "Skills, separated by semicolons."},
    {kStructures, "ressources", "RESSOURCES", kText, "", 0, "Ressources", "Resources",
     "Ressources, séparées par des points-virgules.", "Resources, separated by semicolons."},
    {kStructures, "actions", "ACTIONS", kText, "", 0, "Actions", "Actions", "Actions, séparées par des points-virgules.",
     "Actions, separated by semicolons."},
    {kStructures, "capacite", "CAPACITE", kReal, "", 2, "Capacité", "Capacity", "Capacité, dans l’unité de la source.",
     "Capacity, in the source's unit."},
    {kStructures, "horaires", "HORAIRES", kText, "", 0, "Horaires", "Opening hours",
     "Horaires d’ouverture tels que la source les écrit.", "Opening hours as the source writes them."},
    {kStructures, "millesime", "MILLESIME", kText, "", 0, "Millésime", "Vintage", "Date de l’information.",
     "Date of the information."},
    {kStructures, "commune", "COMMUNE", kText, "", 0, "Commune", "Commune",
     "Code INSEE de la commune où la structure est comptée.", "INSEE code of the commune the structure counts for."},
    {kStructures, "commune_nom", "COM_NOM", kText, "", 0, "Nom de la commune", "Name of the commune",
     "Nom de la commune où la structure est comptée.", "Name of the commune the structure counts for."},
    {kIsochrones | kReached, "rang", "RANG", kInteger, "", 0, "Rang de la limite", "Rank of the limit",
     "Rang de la limite, de 1 pour la plus courte.", "Rank of the limit, from 1 for the shortest."},
    {kIsochrones | kReached, "limite", "LIMITE", kInteger, "m ou s", 0, "Limite", "Limit",
     "Coût au plus, limite comprise, dans l’unité de la colonne « unite ». Route : la plus courte limite qui l’atteint.",
     "Cost at most, the limit included, in the unit of column 'unite'. Road: the shortest limit that reaches it."},
    {kIsochrones | kReached, "limite_libelle", "LIM_LIB", kText, "", 0, "Libellé de la limite", "Label of the limit",
     "Limite telle qu’elle est demandée, pour les légendes.", "Limit as it was asked for, for legends."},
    {kIsochrones | kReached, "sens", "SENS", kText, "", 0, "Sens", "Direction", "« depuis le lieu » ou « vers le lieu ».",
     "'depuis le lieu' (from the place) or 'vers le lieu' (to the place)."},
    {kIsochrones, "lieux", "LIEUX", kInteger, "", 0, "Lieux", "Places",
     "Nombre de lieux proches d’une route dont la zone est tirée ; 0 : trop loin de toute route, pas de zone.",
     "Number of places near a road that the area is drawn from; 0: too far from any road, no area."},
    {kIsochrones, "superficie_km2", "SURF_KM2", kReal, "km2", 3, "Superficie", "Area", "Superficie dans le plan du réseau.",
     "Area in the network's plane."},
    {kIsochrones, "routes_km", "ROUTES_KM", kReal, "km", 3, "Longueur de routes", "Length of roads",
     "Longueur des routes atteintes, bacs exclus ; une route à deux sens compte une fois.",
     "Length of the roads in reach, ferries left out; a road open both ways counts once."},
    {kAudit, "nature", "NATURE", kText, "", 0, "Nature", "Kind",
     "« îlot » : sans route ouverte vers le réseau principal ; « sans sortie » : on y entre sans pouvoir revenir ; « sans "
     "entrée » : on en sort sans pouvoir y venir ; « coupé » : relié dans des sens qui ne servent à rien ; « bac sans suite "
     "» "
     ": rien d’autre n’est attaché à une extrémité ; « vitesse supposée » ; « vitesse douteuse ».",
     "'îlot' (island): no open road to the core; 'sans sortie': one comes in and not back; 'sans entrée': one comes out and "
     "not in; 'coupé': joined in directions of no use; 'bac sans suite': a ferry with an end that nothing is attached to; "
     "'vitesse supposée': assumed speed; 'vitesse douteuse': suspicious speed."},
    {kAudit, "numero", "NUMERO", kInteger, "", 0, "Numéro", "Number", "Rang dans sa nature, du plus long au plus court.",
     "Rank in its kind, longest first."},
    {kAudit, "routes", "ROUTES", kInteger, "", 0, "Tronçons", "Road pieces", "Nombre de tronçons de route.",
     "Number of pieces of road."},
    {kAudit, "noeuds", "NOEUDS", kInteger, "", 0, "Nœuds", "Nodes",
     "Nombre de nœuds hors du réseau principal ; vide pour un bac ou une vitesse.",
     "Number of nodes outside the core; empty for a ferry or a speed."},
    {kAudit, "longueur_km", "LONG_KM", kReal, "km", 3, "Longueur", "Length",
     "Longueur des tronçons ; une route à deux sens compte une fois.",
     "Length of the pieces; a road open both ways counts once."},
    {kReached | kAudit, "classe", "CLASSE", kText, "", 0, "Classe de route", "Road class",
     "Classe de la route, dans les mots des profils ; de plusieurs, celle de la plus grande longueur.",
     "Class of the road, in the words of profiles; of several, that of the greatest length."},
    {kAudit, "vitesse_min_kmh", "V_MIN_KMH", kReal, "km/h", 1, "Plus petite vitesse", "Least speed",
     "Plus petite vitesse d’un sens ouvert, attentes comprises.", "Least speed of an open direction, delays included."},
    {kAudit, "vitesse_max_kmh", "V_MAX_KMH", kReal, "km/h", 1, "Plus grande vitesse", "Greatest speed",
     "Plus grande vitesse d’un sens ouvert.", "Greatest speed of an open direction."},
    {kReached | kAudit, "objet_source", "OBJET", kInteger, "", 0, "Objet de la source", "Feature of the source",
     "Numéro de l’objet d’où vient la route (« way » d’OpenStreetMap) ; de plusieurs, celui du premier tronçon.",
     "Number of the feature that the road comes from (OpenStreetMap's way); of several, that of the first piece."},
    {kReached, "debut", "DEBUT", kReal, "", 6, "Début", "Begin",
     "Où la partie atteinte commence, en fraction de la longueur du tronçon.",
     "Where the part in reach begins, as a fraction of the piece's length."},
    {kReached, "fin", "FIN", kReal, "", 6, "Fin", "End", "Où la partie atteinte finit.", "Where the part in reach ends."},
    {kReached, "longueur_m", "LONG_M", kReal, "m", 1, "Longueur", "Length", "Longueur de la partie, sur le terrain.",
     "Length of the part, on the ground."},
    {kAuditedPlaces, "sorte", "SORTE", kText, "", 0, "Sorte de lieu", "Kind of place",
     "« commune » (son point), « structure » ou « lieu » d’un fichier.",
     "'commune' (its point), 'structure' or 'lieu' (place) of a file."},
    {kAuditedPlaces, "etat", "ETAT", kText, "", 0, "État", "State",
     "« loin de toute route », ou la nature de la route la plus proche : « îlot », « sans sortie », « sans entrée », « "
     "coupé ».",
     "'loin de toute route' (far from any road), or the kind of the nearest road: 'îlot', 'sans sortie', 'sans entrée', "
     "'coupé'."},
    {kAuditedPlaces, "acces_m", "ACCES_M", kReal, "m", 1, "Distance à la route", "Distance to the road",
     "Distance à la route retenue ; vide loin de toute route.", "Distance to the road; empty far from any road."},
    {kCommunes | kZones | kGaps | kAuditedPlaces | kAccess, "population", "POPULATION", kInteger, "hab", 0, "Population",
     "Population", "Nombre d’habitants ; vide quand il est inconnu. Lacune géométrique : estimé au prorata des surfaces.",
     "Inhabitants; empty when unknown. Geometric gap: estimated by share of area."},
    {kGaps, "part_population", "PART_POP", kReal, "%", 2, "Part de la population", "Share of population",
     "Part de la population du territoire.", "Share of the territory's population."},
    {kCommunes | kStructures | kAccess, "strate", "STRATE", kText, "", 0, "Strate de population", "Population class",
     "Strate de population de la commune.", "Population class of the commune."},
    {kCommunes | kStructures | kAccess, "strate_rang", "STRATE_NO", kInteger, "", 0, "Rang de la strate",
     "Rank of the class", "Rang de la strate, de 1 pour la moins peuplée.",
     "Rank of the class, from 1 for the least populous."},
    {kCommunes | kStructures | kAccess, "departement", "DEP", kText, "", 0, "Département", "Departement",
     "Code du département.", "Code of the departement."},
    {kCommunes | kStructures, "departement_nom", "DEP_NOM", kText, "", 0, "Nom du département", "Name of the departement",
     "Nom du département.", "Name of the departement."},
    {kCommunes, "region", "REGION", kText, "", 0, "Région", "Region", "Code de la région.", "Code of the region."},
    {kCommunes | kStructures | kAccess, "epci", "EPCI", kText, "", 0, "EPCI", "EPCI",
     "SIREN de l’intercommunalité à fiscalité propre.", "SIREN of the intercommunality (EPCI)."},
    {kCommunes | kStructures | kAccess, "epci_nom", "EPCI_NOM", kText, "", 0, "Nom de l’EPCI", "Name of the EPCI",
     "Nom de l’intercommunalité.", "Name of the intercommunality."},
    {kCommunes | kZones | kGaps, "superficie_km2", "SURF_KM2", kReal, "km2", 3, "Superficie", "Area",
     "Superficie dans le plan du territoire.", "Area in the territory's plane."},
    {kZones | kCommuneGaps, "communes", "COMMUNES", kInteger, "", 0, "Communes", "Communes", "Nombre de communes.",
     "Number of communes."},
    {kCommunes | kZones, "structures", "STRUCTURES", kInteger, "", 0, "Structures", "Structures",
     "Nombre de structures localisées, toutes définitions confondues.",
     "Structures located there, whatever the definition."},
    {kZones, "communes_avec", "COM_AVEC", kInteger, "", 0, "Communes avec structure", "Communes with a structure",
     "Nombre de communes où se trouve au moins une structure.", "Number of communes where at least one structure stands."},
    {kCommunes | kZones, "structures_10000", "STR_10000", kReal, "", 2, "Structures pour 10 000 habitants",
     "Structures per 10,000 inhabitants", "Structures localisées pour 10 000 habitants ; vide sans habitant.",
     "Structures located per 10,000 inhabitants; empty without inhabitants."},
    {kCommunes, "origine_point", "PT_ORIGINE", kText, "", 0, "Origine du point", "Origin of the point",
     "Point d’où sont comptées les distances : « déclaré » (mairie, chef-lieu), « intérieur » (calculé) ou vide.",
     "Point that distances are counted from: 'déclaré' (town hall), 'intérieur' (computed) or empty."},
    {kStructures, "code_declare", "CODE_DECL", kText, "", 0, "Code déclaré", "Declared code",
     "Code de commune déclaré par la source, avant suivi des fusions.",
     "Commune code declared by the source, before mergers are followed."},
    {kStructures, "commune_du_point", "COM_POINT", kText, "", 0, "Commune du point", "Commune of the point",
     "Commune où tombent les coordonnées.", "Commune that the coordinates fall in."},
    {kStructures, "commune_du_code", "COM_CODE", kText, "", 0, "Commune du code", "Commune of the code",
     "Commune présente que désigne le code déclaré.", "Present commune that the declared code names."},
    {kStructures, "accord", "ACCORD", kText, "", 0, "Accord", "Agreement",
     "Ce que disent ensemble le point et le code : « accord », « conflit », « point seul », « code seul », « code postal "
     "seul ».",
     "What point and code say together: 'accord', 'conflit', 'point seul', 'code seul', 'code postal seul'."},
    {kStructures, "precision", "PRECISION", kText, "", 0, "Précision", "Precision",
     "Position connue par ses coordonnées (« point »), par sa « commune » ou par son « code postal ».",
     "Position known by its coordinates ('point'), its 'commune' or its postcode ('code postal')."},
    {kStructures, "ecart_m", "ECART_M", kReal, "m", 1, "Écart", "Discrepancy",
     "Distance du point à la commune de son code ; vide quand l’un des deux manque.",
     "Distance from the point to the commune of its code; empty when either is missing."},
    {kStructures, "au_large_m", "AU_LARGE_M", kReal, "m", 1, "Distance au large", "Distance offshore",
     "Distance du point à la commune retenue quand il ne tombe dans aucune ; vide sinon.",
     "Distance from the point to the commune taken when it falls in none; empty otherwise."},
    {kCommuneGaps, "commune_principale", "COM_PRINC", kText, "", 0, "Commune principale", "Main commune",
     "Code de la commune la plus peuplée de la lacune.", "Code of the most populous commune of the gap."},
    {kCommuneGaps, "commune_principale_nom", "COM_PR_NOM", kText, "", 0, "Nom de la commune principale",
     "Name of the main commune", "Nom de la commune la plus peuplée de la lacune.",
     "Name of the most populous commune of the gap."},
    {kCommuneGaps, "proche_cle", "PROCHE_CLE", kText, "", 0, "Structure la plus proche", "Nearest structure",
     "Identifiant de la structure la plus proche d’une commune de la lacune.",
     "Identifier of the structure nearest to any commune of the gap."},
    {kCommuneGaps, "proche_nom", "PROCHE_NOM", kText, "", 0, "Nom de la structure la plus proche",
     "Name of the nearest structure", "Nom de cette structure.", "Name of that structure."},
    {kCommuneGaps, "proche_depuis", "DEPUIS", kText, "", 0, "Depuis la commune", "From the commune",
     "Code de la commune de la lacune d’où cette structure est la plus proche.",
     "Code of the commune of the gap that it is nearest to."},
    {kCommuneGaps, "proche_cout", "PROCHE_COU", kInteger, "m ou s", 0, "Coût jusqu’à elle", "Cost to it",
     "Coût depuis cette commune, dans l’unité de la colonne « unite ».",
     "Cost from that commune, in the unit of column 'unite'."},
    {kGeometricGaps, "communes_touchees", "COMMUNES", kInteger, "", 0, "Communes touchées", "Communes touched",
     "Nombre de communes que la lacune touche.", "Number of communes the gap touches."},
    {kGeometricGaps, "strate_principale", "STRATE_PR", kText, "", 0, "Strate la plus touchée", "Class most touched",
     "Strate de population qui compte le plus d’habitants estimés dans la lacune ; vide sans habitant.",
     "Population class with the most estimated inhabitants in the gap; empty without inhabitants."},
    {kGeometricGaps, "strates_population", "STRATES_PO", kText, "", 0, "Population par strate", "Population by class",
     "Habitants estimés de la lacune par strate, de la moins peuplée à la plus peuplée, séparés par des points-virgules.",
     "Estimated inhabitants of the gap by class, least populous class first, separated by semicolons."},
    {kGeometricGaps, "erreur_m", "ERREUR_M", kReal, "m", 3, "Erreur du contour", "Error of the outline",
     "Plus grand écart du contour dessiné au vrai bord. À vol d’oiseau, le bord est fait d’arcs de cercle et la superficie "
     "est celle du vrai bord ; par la "
     "route, c’est la maille du dessin, et la superficie est celle du contour dessiné.",
     "Largest distance between the drawn outline and the true one. As the crow flies the true one is made of arcs and the "
     "area is its; by road "
     "this is the cell of the drawing and the area is that of the drawn outline."},
    {kJumps, "commune_1", "COMMUNE_1", kText, "", 0, "Première commune", "First commune", "Code de la première commune.",
     "Code of the first commune."},
    {kJumps, "commune_1_nom", "COM_1_NOM", kText, "", 0, "Nom de la première commune", "Name of the first commune",
     "Nom de la première commune.", "Name of the first commune."},
    {kJumps, "commune_2", "COMMUNE_2", kText, "", 0, "Seconde commune", "Second commune", "Code de la seconde commune.",
     "Code of the second commune."},
    {kJumps, "commune_2_nom", "COM_2_NOM", kText, "", 0, "Nom de la seconde commune", "Name of the second commune",
     "Nom de la seconde commune.", "Name of the second commune."},
    {kJumps, "cout_1", "COUT_1", kInteger, "m ou s", 0, "Coût de la première", "Cost of the first",
     "Coût de la première commune à sa structure la plus proche.", "Cost from the first commune to its nearest structure."},
    {kJumps, "cout_2", "COUT_2", kInteger, "m ou s", 0, "Coût de la seconde", "Cost of the second",
     "Coût de la seconde commune à sa structure la plus proche.", "Cost from the second commune to its nearest structure."},
    {kJumps, "saut", "SAUT", kInteger, "m ou s", 0, "Saut", "Jump", "Différence des deux coûts.",
     "Difference of the two costs."},
    {kJumps, "saut_relatif", "SAUT_REL", kReal, "", 3, "Saut relatif", "Relative jump",
     "Plus grand coût divisé par le plus petit ; vide quand le plus petit est nul.",
     "Larger cost divided by the smaller; empty when the smaller is zero."},
    {kJumps, "frontiere_m", "FRONT_M", kReal, "m", 1, "Longueur de la limite", "Length of the border",
     "Longueur de la limite commune.", "Length of the shared border."},
    {kCommuneGaps | kJumps | kIsochrones | kReached, "unite", "UNITE", kText, "", 0, "Unité des coûts", "Unit of costs",
     "« m » (mètres) ou « s » (secondes).", "'m' (metres) or 's' (seconds)."},
});

constexpr auto kCoverage = std::to_array<FieldEntry>({
    {kCommunes | kZones, "structures", "NB", kInteger, "", 0, "Structures", "Structures",
     "Nombre de structures de la définition qui s’y trouvent.", "Number of the definition's structures that stand there."},
    {kCommunes, "proche_cle", "PRCLE", kText, "", 0, "Structure la plus proche", "Nearest structure",
     "Identifiant de la structure la plus proche du point de la commune.",
     "Identifier of the structure nearest to the commune's point."},
    {kCommunes, "proche_nom", "PRNOM", kText, "", 0, "Nom de la structure la plus proche", "Name of the nearest structure",
     "Nom de cette structure.", "Name of that structure."},
    {kCommunes, "cout", "COUT", kInteger, "cost", 0, "Coût jusqu’à la plus proche", "Cost to the nearest",
     "Coût du point de la commune à la structure la plus proche, arrondi vers le haut ; vide quand aucune n’est accessible.",
     "Cost from the commune's point to the nearest structure, rounded up; empty when none can be reached."},
    {kCommunes, "exces", "EXCES", kInteger, "cost", 0, "Au-delà de la limite", "Beyond the limit",
     "Ce qui dépasse la limite dans ce coût ; 0 dans la limite, vide quand aucune structure n’est accessible.",
     "By how much this cost exceeds the limit; 0 within it, empty when no structure can be reached."},
    {kCommunes, "a_portee", "PORTEE", kInteger, "", 0, "Structures à portée", "Structures in reach",
     "Nombre de structures dans la limite depuis le point de la commune.",
     "Structures within the limit of the commune's point."},
    {kCommunes | kZones, "population_couverte", "POPCOU", kInteger, "hab", 0, "Population couverte", "Population covered",
     "Habitants qui ont au moins une structure dans la limite.",
     "Inhabitants with at least one structure within the limit."},
    {kZones, "part_couverte", "PARCOU", kReal, "%", 2, "Part de la population couverte", "Share of population covered",
     "Part des habitants couverts ; vide sans habitant.", "Share of inhabitants covered; empty without inhabitants."},
    {kZones, "communes_couvertes", "COMCOU", kInteger, "", 0, "Communes couvertes", "Communes covered",
     "Nombre de communes couvertes.", "Number of communes covered."},
    {kCommunes, "est_couverte", "COUV", kBoolean, "", 0, "Couverte", "Covered",
     "Vrai quand la moitié au moins des habitants est dans la limite (sans habitant : son point).",
     "True when at least half of the inhabitants are within the limit (without inhabitants: its point)."},
    {kCommunes, "lacune_sans", "LACSAN", kInteger, "", 0, "Lacune sans structure", "Gap without structure",
     "Numéro de la lacune « sans structure » à laquelle la commune appartient.",
     "Number of the gap 'sans structure' that the commune is in."},
    {kCommunes, "lacune_limite", "LACLIM", kInteger, "", 0, "Lacune au-delà de la limite", "Gap beyond the limit",
     "Numéro de la lacune « au-delà de la limite » à laquelle la commune appartient.",
     "Number of the gap 'au-delà de la limite' that the commune is in."},
    {kStructures, "est_comptee", "COMPTE", kBoolean, "", 0, "Comptée", "Counted",
     "Vrai quand la structure fait partie de la définition.", "True when the structure is one of the definition's."},
    {kStructures, "population_a_portee", "POPPOR", kInteger, "hab", 0, "Population à portée", "Population in reach",
     "Habitants dans la limite de la structure.", "Inhabitants within the limit of the structure."},
    {kStructures, "population_seule", "POPSEU", kInteger, "hab", 0, "Population qu’elle seule dessert",
     "Population it serves alone", "Habitants qui n’ont aucune autre structure de la définition dans la limite.",
     "Inhabitants with no other structure of the definition within the limit."},
    {kStructures, "communes_a_portee", "COMPOR", kInteger, "", 0, "Communes à portée", "Communes in reach",
     "Nombre de communes dont le point est dans la limite.", "Number of communes whose point is within the limit."},
});

}  // namespace

std::span<const FieldEntry> common_field_entries() {
  return kCommon;
}
std::span<const FieldEntry> coverage_field_entries() {
  return kCoverage;
}

}  // namespace maillage::detail
