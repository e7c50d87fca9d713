"""QGIS draws a layer of a written GeoPackage as its layer_styles says, without being asked. Exit 77 without PyQGIS."""
import os
import pathlib
import shutil
import sqlite3
import sys
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"
try:
    from qgis.core import QgsApplication, QgsVectorLayer
except ImportError:
    sys.exit(77)

QML = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'><qgis version="3.22"><renderer-v2 type="categorizedSymbol" attr="couverte">
<categories><category value="1" symbol="0" label="oui" render="true"/></categories><symbols><symbol name="0" type="fill" alpha="1">
<layer class="SimpleFill" enabled="1" locked="0" pass="0"><prop k="color" v="1,2,3,255"/></layer></symbol></symbols></renderer-v2></qgis>"""

application = QgsApplication([], False)
application.initQgis()
with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(folder) / "communes.gpkg"
    shutil.copy(pathlib.Path(sys.argv[1]) / "communes.gpkg", copy)
    with sqlite3.connect(copy) as package:
        package.execute("UPDATE layer_styles SET styleQML = ?", (QML,))
    package.close()
    layer = QgsVectorLayer(f"{copy}|layername=communes", "communes", "ogr")
    found = layer.renderer().type() if layer.isValid() else "no layer"
print(found)
sys.stdout.flush()
os._exit(0 if found == "categorizedSymbol" else 1)  # QGIS may crash while it shuts down
