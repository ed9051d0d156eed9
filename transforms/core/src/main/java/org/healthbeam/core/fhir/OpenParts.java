package org.healthbeam.core.fhir;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.EventDate;
import org.healthbeam.core.code.Translation;

/** The parts of a record that a pass is inside of; {@code depth} is that of what they hold. */
final class OpenParts {
  private OpenParts() {}

  /** A resource, as far as it has been read. */
  static final class Resource {
    @Nullable final Resource around;
    final int depth;
    String type = "";
    String id = "";
    private List<String> dates = List.of();
    @Nullable private Circumstances circumstances;

    Resource(@Nullable Resource around, int depth) {
      this.around = around;
      this.depth = depth;
    }

    /** {@return the nearest resource that has said what it is} */
    Resource named() {
      Resource resource = this;
      while (resource.type.isEmpty() && resource.around != null) {
        resource = resource.around;
      }
      return resource;
    }

    /** Adds an element that may say when it happened: its name, or two with a dot, and text. */
    void addDate(String element, String text) {
      if (dates.isEmpty()) {
        dates = new ArrayList<>(4);
      }
      dates.add(element);
      dates.add(text);
    }

    @Nullable
    private String date(String element) {
      for (int i = 0; i < dates.size(); i += 2) {
        if (dates.get(i).equals(element)) {
          return dates.get(i + 1);
        }
      }
      return null;
    }

    /** {@return what is known beside its codings; only when the record has been read} */
    Circumstances circumstances() {
      if (circumstances == null) {
        EventDate own = EventDates.of(type, this::date);
        circumstances =
            own == null && around != null ? around.circumstances() : Circumstances.during(own);
      }
      return circumstances;
    }
  }

  /** The {@code coding} of a CodeableConcept. */
  static final class Concept {
    @Nullable final Concept around;
    final Resource resource;
    final int depth;
    final String path;
    final List<MaybeCoding> codings = new ArrayList<>(4);
    List<Translation> translations = List.of();
    int end;

    Concept(@Nullable Concept around, Resource resource, int depth, String path) {
      this.around = around;
      this.resource = resource;
      this.depth = depth;
      this.path = path;
    }
  }

  /** An object that is a Coding, or may be one. */
  static final class MaybeCoding {
    @Nullable final MaybeCoding around;
    final int depth;
    final String name;
    @Nullable final Concept concept;
    private String system = "";
    private String version = "";
    private String code = "";
    private String display = "";
    private boolean sound = true;
    private boolean somethingElse;

    /**
     * @param around the nearest other one that is open
     * @param name of the property that holds it
     * @param concept that it stands in, or null if it stands alone
     */
    MaybeCoding(@Nullable MaybeCoding around, int depth, String name, @Nullable Concept concept) {
      this.around = around;
      this.depth = depth;
      this.name = name;
      this.concept = concept;
    }

    /** {@return whether this property's value must be given to {@link #set}} */
    boolean wants(String property) {
      switch (property) {
        case "system", "version", "code", "display" -> {
          return true;
        }
        case "coding", "value", "reference" -> {
          somethingElse = true;
          return false;
        }
        default -> {
          return false;
        }
      }
    }

    /** Sets one property; null where there is no string. */
    void set(String property, @Nullable String text) {
      if (text == null) {
        sound = false;
        return;
      }
      switch (property) {
        case "system" -> system = text;
        case "version" -> version = text;
        case "code" -> code = text;
        default -> display = text;
      }
    }

    boolean isSound() {
      return sound;
    }

    /** {@return whether an object that stands alone has the looks of a Coding} */
    boolean looksLikeCoding() {
      return !somethingElse && !(system.isEmpty() && code.isEmpty());
    }

    Coding coding() {
      return new Coding(system, version, code, display);
    }
  }
}
