package millrace.loader.kinds;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lists of kinds, by what they are about. */
final class AllKinds {
    private AllKinds() {}

    static Map<String, List<Kind>> lists() {
        Map<String, List<Kind>> lists = new LinkedHashMap<>();
        lists.put("failures", FailureKinds.list());
        lists.put("silent", SilentServerKinds.list());
        lists.put("verify", VerifyKinds.list());
        lists.put("targets", TargetKinds.list());
        lists.put("additions", AdditionKinds.list());
        lists.put("states", StateKinds.list());
        lists.put("publications", PublicationKinds.list());
        lists.put("sessions", SessionKinds.list());
        lists.put("poolers", PoolerKinds.list());
        lists.put("values", ValueKinds.list());
        lists.put("arrays", ArrayKinds.list());
        lists.put("names", NameKinds.list());
        lists.put("choices", ChoiceKinds.list());
        return lists;
    }
}
