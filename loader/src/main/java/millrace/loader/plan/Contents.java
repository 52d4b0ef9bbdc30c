package millrace.loader.plan;

import static java.util.Objects.requireNonNull;

/**
 * What a server knows of a table's rows without reading them. Merges leave it as it is, but for those of engines that
 * merge rows away.
 *
 * @param uuid which table it is, whatever its name
 * @param rows how many its parts hold
 * @param blocks the last block inserted, summed over the partitions that hold rows
 * @param allBlocks the same of all partitions and parts, also those that a deletion has emptied
 * @param version of the last change to rows in place, 0 when there was none
 */
public record Contents(String uuid, long rows, long blocks, long allBlocks, long version) {
    public Contents {
        requireNonNull(uuid, "uuid is null");
    }
}
