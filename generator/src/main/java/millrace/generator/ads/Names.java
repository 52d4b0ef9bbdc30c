package millrace.generator.ads;

import java.util.List;
import java.util.SplittableRandom;

/** Names of companies and of campaigns. */
final class Names {
    private static final List<String> PLACES = List.of(
            "Northern",
            "Lakeside",
            "Harbour",
            "Alpine",
            "Old Town",
            "Riverside",
            "Sunny",
            "Golden",
            "Silver",
            "Blue",
            "Maple",
            "Cedar",
            "Prairie",
            "Coastal",
            "Highland");
    private static final List<String> TRADES = List.of(
            "Bikes",
            "Bakery",
            "Books",
            "Optics",
            "Gardens",
            "Travel",
            "Audio",
            "Outdoor",
            "Kitchens",
            "Insurance",
            "Toys",
            "Shoes",
            "Energy",
            "Cinema",
            "Tools");
    private static final List<String> SEASONS = List.of("Spring", "Summer", "Autumn", "Winter", "Holiday", "Weekend");
    private static final List<String> AIMS =
            List.of("Sale", "Launch", "Awareness", "Clearance", "Newsletter", "Retargeting", "Brand");

    private Names() {}

    static String company(SplittableRandom random) {
        return pick(PLACES, random) + " " + pick(TRADES, random);
    }

    static String campaign(SplittableRandom random) {
        return pick(SEASONS, random) + " " + pick(AIMS, random);
    }

    private static String pick(List<String> names, SplittableRandom random) {
        return names.get(random.nextInt(names.size()));
    }
}
