package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapSink;

/**
 * Reads a file of FHIR JSON: a ConceptMap, a ValueSet, or a Bundle of them. What else a Bundle has
 * is left out.
 *
 * <p>A map without {@code url} goes by its file's name; one in a Bundle by {@code file!entry[3]}.
 */
public final class FhirResources {
  private static final String EXPECTED = "a ConceptMap, a ValueSet or a Bundle of them is expected";

  private final MapSink sink;
  private int told;

  private FhirResources(MapSink sink) {
    this.sink = sink;
  }

  /**
   * Tells a sink what is in a file.
   *
   * @param json one resource in UTF-8
   * @param file its name
   * @param sink takes the maps and value sets, in the order of the file
   * @throws InvalidMapException if it is none of these, or breaks a rule
   * @throws IOException if it cannot be read, or the sink cannot keep what it takes
   */
  public static void read(InputStream json, String file, MapSink sink)
      throws InvalidMapException, IOException {
    FhirResources resources = new FhirResources(sink);
    FhirJson.read(
        json,
        file,
        (type, whole) -> {
          if (!resources.take(type, whole)) {
            throw whole.refuse(
                "", (type.isEmpty() ? "has no resourceType; " : "is a " + type + "; ") + EXPECTED);
          }
        });
    if (resources.told == 0) {
      throw new InvalidMapException(file, "", "is a Bundle without a ConceptMap and a ValueSet");
    }
  }

  /** Tells a sink what is in a file among others, which may be of another kind. */
  static void readIfMap(InputStream json, String file, MapSink sink)
      throws InvalidMapException, IOException {
    FhirResources resources = new FhirResources(sink);
    FhirJson.read(
        json,
        file,
        (type, whole) -> {
          if (!resources.take(type, whole)) {
            whole.fields(name -> whole.skip());
          }
        });
  }

  private boolean take(String type, FhirJson json) throws IOException, InvalidMapException {
    switch (type) {
      case "ConceptMap" -> {
        new ConceptMapJson(json).tell(sink);
        told++;
      }
      case "ValueSet" -> {
        new ValueSetJson(json).tell(sink);
        told++;
      }
      case "Bundle" ->
          json.fields(
              name -> {
                if (name.equals("entry")) {
                  json.objects("entry", where -> entry(where, json));
                } else {
                  json.skip();
                }
              });
      default -> {
        return false;
      }
    }
    return true;
  }

  private void entry(String where, FhirJson json) throws IOException, InvalidMapException {
    FhirJson part = json.named(json.file() + "!" + where);
    part.fields(
        name -> {
          if (name.equals("resource")) {
            part.resource(
                (type, resource) -> {
                  if (!take(type, resource)) {
                    resource.fields(other -> resource.skip());
                  }
                });
          } else {
            part.skip();
          }
        });
  }
}
