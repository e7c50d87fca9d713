"""Opens a published folder in QGIS without a screen and says what is there, as JSON on the last line. Usage: qgis_reader.py FOLDER OUT.
Run with the python that has PyQGIS (Debian's, in /usr/bin), by test_qgis.py."""
import json
import os
import pathlib
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (QgsApplication, QgsDateTimeRange, QgsExpressionContext, QgsExpressionContextUtils, QgsFeatureRequest,  # noqa: E402
                       QgsLayoutExporter, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRenderContext, QgsVectorLayer)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402
from qgis.PyQt.QtXml import QDomDocument  # noqa: E402


def colours(symbol):
    """Fill, or outline where there is no fill; of what lies inside for circles in areas."""
    for part in symbol.symbolLayers():
        if part.subSymbol() and part.layerType() == "CentroidFill":
            yield from colours(part.subSymbol())
        elif part.layerType() == "SimpleFill" and part.brushStyle() == Qt.NoBrush:
            yield part.strokeColor().name()
        elif part.layerType() == "SimpleFill":
            yield f"{int(part.brushStyle())} {part.fillColor().name()}"
        else:
            yield part.color().name()


def looks(layer):
    """What each feature is drawn with: colours of its symbols' layers by the feature's first field and place."""
    renderer = layer.renderer().clone()
    context = QgsRenderContext()
    context.setExpressionContext(QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer)))
    renderer.startRender(context, layer.fields())
    found = []
    for feature in layer.getFeatures(QgsFeatureRequest()):
        context.expressionContext().setFeature(feature)
        symbols = renderer.originalSymbolsForFeature(feature, context)
        found.append([part for symbol in symbols for part in colours(symbol)])
    renderer.stopRender(context)
    return found


def render(project, layers, path, overrides=None, hours=None):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(project.crs())
    settings.setOutputSize(QSize(500, 400))
    settings.setExtent(project.viewSettings().defaultViewExtent())
    settings.setBackgroundColor(QColor("white"))
    if overrides:
        settings.setLayerStyleOverrides(overrides)
    if hours:
        settings.setIsTemporal(True)
        settings.setTemporalRange(hours)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(str(path))
    colours = {image.pixel(x, y) & 0xFFFFFF for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    return len(colours), [error.message for error in job.errors()]


def styles_agree(folder, out, layer):
    """Each style of the GeoPackage's table as QML and as SLD: what every feature is drawn with."""
    count, ids, names, *_ = layer.listStylesInDatabase()
    differing = {}
    for number, name in zip(ids[:count], names[:count]):
        qml, sld = QgsVectorLayer(layer.source(), "qml", "ogr"), QgsVectorLayer(layer.source(), "sld", "ogr")
        path = out / "style.sld"
        path.write_text(sld_of(folder, layer, name), encoding="utf-8")
        text, _ = layer.getStyleFromDatabase(number)
        document = QDomDocument()
        document.setContent(text)
        if not qml.importNamedStyle(document)[0] or not sld.loadSldStyle(str(path))[1]:
            differing[name] = "not loaded"
            continue
        pairs = list(zip(looks(qml), looks(sld)))
        wrong = [pair for pair in pairs if pair[0] != pair[1]]
        differing[name] = [len(pairs), len(wrong), wrong[:2], sum(not pair[0] for pair in pairs)]
    return differing


def sld_of(folder, layer, name):
    import sqlite3
    with sqlite3.connect(f"file:{folder / 'maillage.gpkg'}?mode=ro", uri=True) as database:
        table = layer.source().split("layername=")[1]
        return database.execute("SELECT styleSLD FROM layer_styles WHERE f_table_name = ? AND styleName = ?", (table, name)).fetchone()[0]


def main():
    folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    report = {"read": project.read(str(folder / "maillage.qgz")), "title": project.title(), "crs": project.crs().authid(), "layers": []}
    seen = set()
    report["styles"] = {}
    for node in project.layerTreeRoot().findLayers():
        layer = node.layer()
        manager = layer.styleManager()
        current = manager.currentStyle()
        each = {}
        for style in manager.styles():
            manager.setCurrentStyle(style)
            drawn = looks(layer)
            each[style] = {"renderer": layer.renderer().type(), "undrawn": sum(not one for one in drawn),
                           "colours": len({colour for one in drawn for colour in one}), "labels": layer.labelsEnabled()}
        manager.setCurrentStyle(current)
        report["layers"].append({
            "id": layer.id(), "name": layer.name(), "group": node.parent().name(), "valid": layer.isValid(), "features": layer.featureCount(),
            "visible": node.isVisible(), "crs": layer.crs().authid(), "current": current, "styles": each,
            "alias": layer.attributeAlias(layer.fields().indexFromName("nom")), "temporal": layer.temporalProperties().isActive(),
            "relative": layer.source().startswith(str(folder))})
        if layer.source() not in seen:
            seen.add(layer.source())
            report["styles"][layer.source().split("layername=")[1]] = styles_agree(folder, out, layer)
    collection = project.mapThemeCollection()
    report["themes"] = {}
    for number, theme in enumerate(collection.mapThemes()):
        visible = set(collection.mapThemeVisibleLayerIds(theme))
        layers = [layer for layer in project.layerTreeRoot().layerOrder() if layer.id() in visible]
        colours, errors = render(project, layers, out / f"theme_{number}.png", collection.mapThemeStyleOverrides(theme))
        report["themes"][theme] = {"layers": [layer.name() for layer in layers], "colours": colours, "errors": errors}
    hours = project.timeSettings().temporalRange()
    report["time"] = [hours.begin().toString(Qt.ISODate), hours.end().toString(Qt.ISODate)]
    report["frames"] = []
    for layer in (node.layer() for node in project.layerTreeRoot().findLayers()):
        if layer.temporalProperties().isActive():
            for begin in (hours.begin().addSecs(24 * 3600), hours.begin().addSecs(4 * 24 * 3600 + 4 * 3600), hours.begin().addSecs(-24 * 3600)):
                frame = QgsDateTimeRange(begin, begin.addSecs(3600), True, False)
                report["frames"].append(render(project, [layer], out / f"frame_{len(report['frames'])}.png", hours=frame)[0])
    layout = project.layoutManager().layouts()[0]
    exporter = QgsLayoutExporter(layout)
    image = QgsLayoutExporter.ImageExportSettings()
    image.dpi = 96
    image.exportMetadata = False
    report["layout"] = {"png": exporter.exportToImage(str(out / "page.png"), image), "pages": layout.pageCollection().pageCount(),
                        "pdf": exporter.exportToPdf(str(out / "page.pdf"), QgsLayoutExporter.PdfExportSettings()),
                        "items": sorted(type(item).__name__ for item in layout.items())}
    report["beside"] = {}
    for name, ending in (("shapefile", "shp"), ("geojson", "geojson")):
        for path in sorted((folder / name).glob(f"*.{ending}")):
            layer = QgsVectorLayer(str(path), path.stem, "ogr")
            main_layer = QgsVectorLayer(f"{folder / 'maillage.gpkg'}|layername={path.stem}", path.stem, "ogr")
            sld = QgsVectorLayer(str(path), path.stem, "ogr")
            loaded = sld.loadSldStyle(str(path.with_suffix(".sld")))[1]
            report["beside"][f"{name}/{path.stem}"] = [looks(layer) == looks(main_layer), loaded and looks(sld) == looks(main_layer)]
    print(json.dumps(report))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
