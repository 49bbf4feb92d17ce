package org.constellation.platform.transport;

import java.util.List;
import java.util.Map;
import org.constellation.platform.topics.Topic;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/**
 * Which topics Spring Cloud Stream carries: a service that has a function of such a name reads
 * them. Set here and not in files, since topics are named after the network of the genesis file.
 */
public final class StreamTopics implements SmartInitializingSingleton {

  private final BindingServiceProperties bindings;
  private final Map<String, List<Topic>> functions;

  /**
   * @param functions what each function of that name reads
   */
  public StreamTopics(BindingServiceProperties bindings, Map<String, List<Topic>> functions) {
    this.bindings = bindings;
    this.functions = Map.copyOf(functions);
  }

  /** What each function reads. */
  public Map<String, List<Topic>> functions() {
    return functions;
  }

  /** Before any binding starts. */
  @Override
  public void afterSingletonsInstantiated() {
    functions.forEach(
        (function, topics) ->
            bindings
                .getBindingProperties(function + "-in-0")
                .setDestination(String.join(",", topics.stream().map(Topic::name).toList())));
  }
}
