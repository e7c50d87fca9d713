#include "engine/structures/schema_names.hpp"

namespace maillage {

namespace {

using enum StructureField;

// https://github.com/LaMednum/standard-mediation-num (version 1.0; "labels_nationaux" is its name before that for
// "dispositif_programmes_nationaux").
const PublishedSchema kMediation{
    "mediation_numerique",
    "lieux de médiation numérique (schéma national)",
    "digital mediation places (French national schema)",
    {"nom", "commune", "codepostal", "services", "source"},
    "Lieu de médiation numérique",
    {{key, {"id"}},
     {name, {"nom"}},
     {typology, {"typologie", "typologies"}},
     {actions, {"services"}},
     {resources, {"modalitesaccompagnement"}},
     {competences,
      {"formationslabels", "autresformationslabels", "dispositifprogrammesnationaux", "labelsnationaux", "labelsautres"}},
     {opening_hours, {"horaires"}},
     {vintage, {"datemaj"}},
     {commune_code, {"codeinsee"}},
     {postcode, {"codepostal"}},
     {commune_name, {"commune"}},
     {longitude, {"longitude"}},
     {latitude, {"latitude"}}}};

const PublishedSchema kLibraries{"bibliotheques_publiques",
                                 "bibliothèques publiques (ministère de la Culture)",
                                 "public libraries (French Ministry of Culture)",
                                 {"codebib", "codeinseecommune", "amplitudehoraire"},
                                 "Bibliothèque",
                                 {{key, {"codebib"}},
                                  {name, {"nomdeletablissement"}},
                                  {legal_status, {"statut"}},
                                  {capacity, {"surface"}},
                                  {commune_code, {"codeinseecommune"}},
                                  {postcode, {"cp"}},
                                  {commune_name, {"ville"}},
                                  {longitude, {"longitude"}},
                                  {latitude, {"latitude"}},
                                  {latitude_longitude, {"geolocalisation"}}}};

const PublishedSchema kFranceServices{
    "france_services",
    "France Services (ANCT)",
    "France Services (public service houses)",
    {"idfs", "libfs", "inseecom"},
    "France Services",
    {{key, {"idfs"}},
     {name, {"libfs"}},
     {opening_hours, {"hlundi", "hmardi", "hmercredi", "hjeudi", "hvendredi", "hsamedi", "hdimanche"}},
     {commune_code, {"inseecom"}},
     {postcode, {"codepostal"}},
     {commune_name, {"libcom"}},
     {longitude, {"longitude"}},
     {latitude, {"latitude"}}}};

const PublishedSchema kFablabs{"fablabs",
                               "fablabs (fablabs.io)",
                               "fablabs (fablabs.io)",
                               {"nom", "kind", "capabilities"},
                               "Fablab",
                               {{name, {"nom"}},
                                {resources, {"capabilities"}},
                                {postcode, {"codepostal"}},
                                {commune_name, {"commune"}},
                                {longitude, {"longitude"}},
                                {latitude, {"latitude"}}}};

const PublishedSchema kBasilic{"basilic",
                               "Basilic, lieux culturels (ministère de la Culture)",
                               "Basilic, cultural places (French Ministry of Culture)",
                               {"nomcommuneprincipale", "codeinseecommune", "type", "nomdevenement"},
                               "Lieu culturel",
                               {{name, {"nomdevenement"}},
                                {typology, {"type"}},
                                {commune_code, {"codeinseecommune"}},
                                {postcode, {"codepostal"}},
                                {commune_name, {"nomcommuneprincipale"}},
                                {longitude, {"longitude"}},
                                {latitude, {"latitude"}}}};

// The file's column names changed in 2023: each field lists both.
const PublishedSchema kCinemas{"cinemas",
                               "établissements cinématographiques (CNC)",
                               "cinemas (CNC)",
                               {"ecrans", "fauteuils", "genre", "commune"},
                               "Cinéma",
                               {{key, {"nauto", "nautoc"}},
                                {name, {"nometablissement", "nometab"}},
                                {capacity, {"fauteuils"}},
                                {vintage, {"year", "annee"}},
                                {commune_code, {"codecommune", "depcom"}},
                                {commune_name, {"commune"}}}};

}  // namespace

std::span<const PublishedSchema> published_schemas() {
  static const std::vector<PublishedSchema> kSchemas{kMediation, kLibraries, kFranceServices, kFablabs, kBasilic, kCinemas};
  return kSchemas;
}

std::span<const FieldNames> usual_field_names() {
  static const std::vector<FieldNames> kUsual{
      {key,
       {"id", "identifiant", "identifiantstructure", "idstructure", "uid", "uuid", "uai", "finess", "siret", "idexterne"}},
      {name,
       {"nom",
        "name",
        "nomstructure",
        "nomdelastructure",
        "structure",
        "nometablissement",
        "nomdeletablissement",
        "etablissement",
        "nomdulieu",
        "nomlieu",
        "lieu",
        "denomination",
        "raisonsociale",
        "intitule",
        "libelle",
        "appellation",
        "titre",
        "title",
        "nomusuel",
        "nomofficiel"}},
      {typology,
       {"typologie", "typology", "typestructure", "typedestructure", "typelieu", "typedelieu", "type", "categorie",
        "category", "nature", "famille"}},
      {legal_status,
       {"statutjuridique", "statut", "formejuridique", "naturejuridique", "typeoperateur", "legalstatus", "status"}},
      {competences, {"competences", "competence"}},
      {resources, {"ressources", "resources", "equipements", "materiels"}},
      {actions, {"actions", "services", "activites"}},
      {capacity, {"capacite", "capacity", "nombredeplaces", "nbplaces", "places", "seats"}},
      {opening_hours, {"horaires", "horairesdouverture", "horairesouverture", "heuresdouverture", "openinghours"}},
      {vintage, {"millesime", "vintage", "datemaj", "datedemiseajour", "annee", "year"}},
      {commune_code,
       {"codeinsee", "insee", "codgeo", "codecommune", "inseecom", "codeinseecommune", "codecommuneinsee",
        "codeinseedelacommune", "communecodeinsee", "codecommuneinseedulieu", "depcom", "codecom", "codecog", "citycode",
        "communecode", "communeinsee"}},
      {postcode, {"codepostal", "cp", "codpostal", "codepost", "postcode", "postalcode", "zipcode", "zip"}},
      {commune_name,
       {"commune", "ville", "nomcommune", "nomdelacommune", "libcom", "libellecommune", "libellecommunes", "communenom",
        "nomcom", "localite", "city", "municipality"}},
      {longitude,
       {"longitude", "lon", "lng", "long", "longitudewgs84", "lonwgs84", "xlong", "x", "coordx", "coordonneex", "xl93"}},
      {latitude, {"latitude", "lat", "latitudewgs84", "latwgs84", "ylat", "y", "coordy", "coordonneey", "yl93"}},
      {latitude_longitude,
       {"geolocalisation", "geopoint", "geopoint2d", "latlon", "latlong", "latitudelongitude", "coordonneesgps",
        "coordonnees", "coordonneesgeo", "coordinates", "gps"}}};
  return kUsual;
}

}  // namespace maillage
