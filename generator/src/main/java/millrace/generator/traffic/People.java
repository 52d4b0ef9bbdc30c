package millrace.generator.traffic;

import java.util.List;
import java.util.SplittableRandom;

/** People who may open an account. */
record People(String firstName, String lastName, Place place) {
    /** Where somebody may live. */
    record Place(String city, String state, String country) {}

    private static final List<String> FIRST =
            List.of("Ada", "Ben", "Carla", "David", "Elena", "Felix", "Greta", "Hugo", "Iris", "Jonas", "Kira", "Leo");
    private static final List<String> LAST = List.of(
            "Adams", "Brandt", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haas", "Ivanov", "Jansen", "Khan");
    private static final List<Place> PLACES = List.of(
            new Place("Portland", "Oregon", "United States"),
            new Place("Denver", "Colorado", "United States"),
            new Place("Chicago", "Illinois", "United States"),
            new Place("Atlanta", "Georgia", "United States"),
            new Place("Tucson", "Arizona", "United States"));

    static People any(SplittableRandom random) {
        return new People(pick(FIRST, random), pick(LAST, random), anyPlace(random));
    }

    static Place anyPlace(SplittableRandom random) {
        return pick(PLACES, random);
    }

    String name() {
        return firstName + " " + lastName;
    }

    /** An address that no other account has, given a number that none has. */
    String email(long number) {
        return (firstName + "." + lastName + "." + number + "@example.com").toLowerCase(java.util.Locale.ROOT);
    }

    private static <T> T pick(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
