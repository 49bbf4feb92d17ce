package org.constellation.galaxyservice.member.web;

import org.constellation.galaxyservice.member.GalaxyMembers;
import org.constellation.protocol.block.Genesis;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The galaxy. */
@RestController
class GalaxyController {

  private final GalaxyMembers members;
  private final Genesis genesis;

  GalaxyController(GalaxyMembers members, Genesis genesis) {
    this.members = members;
    this.genesis = genesis;
  }

  @GetMapping("/api/galaxy")
  GalaxyView galaxy() {
    return GalaxyView.of(members.hosted(), members.views(), genesis.galaxy());
  }
}
