package org.healthbeam.core.code.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.ValueSet;

/**
 * Reads a FHIR ValueSet. An expansion counts if it is whole: not a page, not said to be too costly,
 * unclosed or limited, and not asked for without some of its codes: by a text filter, without those
 * that are inactive (unless the value set leaves them out itself, {@code compose.inactive} false),
 * without post-coordinated ones or without a code system.
 *
 * <p>Source: FHIR R4 and R5, ValueSet.compose, ValueSet.expansion, parameters of the operation
 * $expand.
 */
final class ValueSetJson {
  private final FhirJson in;
  private String id = "";
  private String url = "";
  private String version = "";
  private boolean expanded;
  private boolean partial;
  private boolean counted;
  private boolean onlyActive;
  private boolean inactiveAreOut;
  private long total = -1;
  private long entries;
  private final List<Coding> expansion = new ArrayList<>();
  private final List<ValueSet.Part> include = new ArrayList<>();
  private final List<ValueSet.Part> exclude = new ArrayList<>();
  private final List<ValueSet> contained = new ArrayList<>(0);

  ValueSetJson(FhirJson in) {
    this.in = in;
  }

  /** Tells the value set; one without a URL cannot be named by a map, and is not told. */
  void tell(MapSink sink) throws IOException, InvalidMapException {
    read();
    for (ValueSet each : contained) {
      sink.valueSet(each);
    }
    if (!url.isEmpty()) {
      sink.valueSet(valueSet(new MapId(url, version), in.file()));
    }
  }

  /**
   * Reads the array {@code contained} of a resource. Its value sets go by {@code #id}, and only
   * that resource can name them.
   */
  static void contained(FhirJson resource, List<ValueSet> valueSets)
      throws IOException, InvalidMapException {
    resource.array(
        "contained",
        where ->
            resource.resource(
                (type, json) -> {
                  if (!type.equals("ValueSet")) {
                    json.fields(name -> json.skip());
                    return;
                  }
                  ValueSetJson read = new ValueSetJson(json.named(resource.file() + "!" + where));
                  read.read();
                  if (!read.id.isEmpty()) {
                    valueSets.add(read.valueSet(new MapId("#" + read.id, ""), resource.file()));
                  }
                }));
  }

  private void read() throws IOException, InvalidMapException {
    in.fields(
        name -> {
          switch (name) {
            case "id" -> id = in.text(name);
            case "contained" -> contained(in, contained);
            case "url" -> url = in.text(name);
            case "version" -> version = in.text(name);
            case "compose" -> compose();
            case "expansion" -> expansion();
            default -> in.skip();
          }
        });
  }

  private ValueSet valueSet(MapId name, String file) {
    // A page of so many entries may be the whole, but only a total says so.
    boolean complete = total < 0 ? !counted : total == entries;
    boolean whole = expanded && !partial && complete && (!onlyActive || inactiveAreOut);
    return new ValueSet(name, file, whole ? expansion : null, include, exclude);
  }

  private void compose() throws IOException, InvalidMapException {
    in.object("compose");
    in.fields(
        name -> {
          String place = "compose." + name;
          switch (name) {
            case "include" -> in.objects(place, each -> include.add(part(each)));
            case "exclude" -> in.objects(place, each -> exclude.add(part(each)));
            case "inactive" -> inactiveAreOut = !in.bool(place);
            default -> in.skip();
          }
        });
  }

  private ValueSet.Part part(String where) throws IOException, InvalidMapException {
    String[] system = {""};
    boolean[] filtered = {false};
    List<Coding> codes = new ArrayList<>();
    List<String> valueSets = new ArrayList<>();
    in.fields(
        name -> {
          String place = where + "." + name;
          switch (name) {
            case "system" -> system[0] = CodeSystems.canonical(in.text(place));
            case "concept" -> in.objects(place, each -> codes.add(concept(each)));
            case "filter" ->
                in.objects(
                    place,
                    each -> {
                      filtered[0] = true;
                      in.fields(other -> in.skip());
                    });
            case "valueSet" -> in.array(place, each -> valueSets.add(in.text(each)));
            default -> in.skip();
          }
        });
    if (system[0].isEmpty() && valueSets.isEmpty()) {
      throw in.refuse(where, "breaks vsd-1: it must name a system or a value set");
    }
    if (system[0].isEmpty() && (filtered[0] || !codes.isEmpty())) {
      throw in.refuse(where, "breaks vsd-2: with concepts or filters it must name a system");
    }
    if (filtered[0] && !codes.isEmpty()) {
      throw in.refuse(where, "breaks vsd-3: either concepts or filters, and not both");
    }
    return new ValueSet.Part(
        system[0],
        codes.stream().map(each -> new Coding(system[0], "", each.code(), each.display())).toList(),
        filtered[0],
        valueSets);
  }

  private Coding concept(String where) throws IOException, InvalidMapException {
    String[] read = {"", ""};
    in.fields(
        name -> {
          switch (name) {
            case "code" -> read[0] = in.code(where + ".code");
            case "display" -> read[1] = in.text(where + ".display");
            default -> in.skip();
          }
        });
    if (read[0].isEmpty()) {
      throw in.refuse(where + ".code", "is missing");
    }
    return new Coding("", "", read[0], read[1]);
  }

  private void expansion() throws IOException, InvalidMapException {
    in.object("expansion");
    expanded = true;
    in.fields(
        name -> {
          String place = "expansion." + name;
          switch (name) {
            case "total" -> total = whole(place);
            case "offset" -> partial |= whole(place) > 0;
            case "extension" -> in.objects(place, this::extension);
            case "parameter" -> in.objects(place, this::parameter);
            case "contains" -> in.objects(place, this::contains);
            default -> in.skip();
          }
        });
  }

  private long whole(String where) throws IOException, InvalidMapException {
    try {
      return Long.parseLong(in.number(where));
    } catch (NumberFormatException e) {
      throw in.refuse(where, "must be a whole number");
    }
  }

  private void extension(String where) throws IOException, InvalidMapException {
    in.fields(
        name -> {
          if (name.equals("url")) {
            String extension = in.text(where + ".url");
            partial |=
                extension.endsWith("/valueset-toocostly")
                    || extension.endsWith("/valueset-unclosed");
          } else {
            in.skip();
          }
        });
  }

  /** Takes what the server was asked for, and how it answered. */
  private void parameter(String where) throws IOException, InvalidMapException {
    String[] parameter = {""};
    boolean[] isTrue = {false};
    long[] number = {0};
    in.fields(
        name -> {
          String place = where + "." + name;
          switch (name) {
            case "name" -> parameter[0] = in.text(place);
            case "valueBoolean" -> isTrue[0] = in.bool(place);
            case "valueInteger" -> number[0] = whole(place);
            default -> in.skip();
          }
        });
    switch (parameter[0]) {
      case "limitedExpansion", "excludePostCoordinated" -> partial |= isTrue[0];
      case "activeOnly" -> onlyActive |= isTrue[0];
      case "filter", "exclude-system" -> partial = true;
      case "offset" -> partial |= number[0] > 0;
      case "count" -> counted = true;
      default -> {
        // Says nothing about what is left out.
      }
    }
  }

  private void contains(String where) throws IOException, InvalidMapException {
    String[] read = {"", "", ""};
    boolean[] isAbstract = {false};
    entries++;
    in.fields(
        name -> {
          String place = where + "." + name;
          switch (name) {
            case "system" -> read[0] = CodeSystems.canonical(in.text(place));
            case "code" -> read[1] = in.code(place);
            case "display" -> read[2] = in.text(place);
            case "abstract" -> isAbstract[0] = in.bool(place);
            case "contains" -> in.objects(place, this::contains);
            default -> in.skip();
          }
        });
    if (read[1].isEmpty() || isAbstract[0]) {
      return;
    }
    if (read[0].isEmpty()) {
      throw in.refuse(where, "breaks vsd-10: a code needs a system");
    }
    expansion.add(new Coding(read[0], "", read[1], read[2]));
  }
}
