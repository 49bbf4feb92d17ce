package org.constellation.blackhole.query.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Optional;
import org.constellation.blackhole.LedgerError;
import org.constellation.blackhole.LedgerNames;
import org.constellation.blackhole.query.BlockView;
import org.constellation.blackhole.query.EvidenceView;
import org.constellation.blackhole.query.HalfBlockView;
import org.constellation.blackhole.query.LedgerQueries;
import org.constellation.blackhole.query.Page;
import org.constellation.platform.web.RequestRejected;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Blocks and half-blocks. */
@RestController
class BlockController {

  private final LedgerQueries queries;

  BlockController(LedgerQueries queries) {
    this.queries = queries;
  }

  @GetMapping("/api/blocks")
  Page<BlockView> blocks(
      @RequestParam(defaultValue = "0") @PositiveOrZero long after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    return queries.blocks(after, limit);
  }

  @GetMapping("/api/blocks/latest")
  BlockView latest() {
    return queries.latestBlock().orElseThrow(BlockController::unknownBlock);
  }

  @GetMapping("/api/blocks/{height}")
  BlockView block(@PathVariable @PositiveOrZero long height) {
    return queries.block(height).orElseThrow(BlockController::unknownBlock);
  }

  @GetMapping("/api/blocks/{height}/half-blocks")
  Page<HalfBlockView> halfBlocks(
      @PathVariable @PositiveOrZero long height,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    if (queries.block(height).isEmpty()) {
      throw unknownBlock();
    }
    return queries.halfBlocksOf(height, after.map(LedgerNames::hash), limit);
  }

  @GetMapping("/api/blocks/{height}/evidence")
  Page<EvidenceView> evidence(
      @PathVariable @PositiveOrZero long height,
      @RequestParam(defaultValue = "-1") int after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(Page.LIMIT_MAX) int limit) {
    if (queries.block(height).isEmpty()) {
      throw unknownBlock();
    }
    return queries.evidenceOf(height, after, limit);
  }

  private static RequestRejected unknownBlock() {
    return new RequestRejected(LedgerError.UNKNOWN_BLOCK, "No such block is stored.");
  }

  @GetMapping("/api/half-blocks/{id}")
  HalfBlockView halfBlock(@PathVariable String id) {
    return queries
        .halfBlock(LedgerNames.hash(id))
        .orElseThrow(
            () ->
                new RequestRejected(
                    LedgerError.UNKNOWN_HALF_BLOCK, "No such half-block stands in the ledger."));
  }
}
