package org.constellation.platform.hosting;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.member.MemberProperties;
import org.constellation.platform.member.Members;
import org.constellation.platform.member.MembersHealth;
import org.constellation.platform.observe.SignatureChecks;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.block.Genesis;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Imported, beside the platform's own, by a service that hosts committee members. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HostingProperties.class)
public class HostingConfiguration {

  @Bean(destroyMethod = "close")
  Members members(
      @Value("${spring.application.name}") String service,
      Transport transport,
      Topics topics,
      SignatureChecks checks,
      MeterRegistry meters,
      MemberProperties properties,
      Loops loops,
      Clock clock) {
    return new Members(
        service, transport, topics, checks, meters, properties, Disk.LOCAL, loops, clock);
  }

  @Bean
  Hosting hosting(
      @Value("${spring.application.name}") String service,
      Genesis genesis,
      Topics topics,
      Transport transport,
      Members members,
      SignatureChecks checks,
      FollowerProperties follower,
      HostingProperties pace,
      MeterRegistry meters,
      Loops loops,
      Clock clock) {
    return new Hosting(
        service,
        genesis,
        topics,
        transport,
        members,
        checks,
        follower,
        pace,
        meters,
        Disk.LOCAL,
        loops,
        clock);
  }

  @Bean
  MembersHealth membersHealth(Members members) {
    return new MembersHealth(members);
  }
}
