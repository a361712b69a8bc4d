package storm.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storm.e2e.servers.Installation;

/// deploy/kubernetes against the Kubernetes API's own model, as `kubectl apply -k` would send it.
class KubernetesTest {
    private static final Path FOLDER = Installation.root().resolve("deploy/kubernetes");
    private static final Set<String> SERVERS = Set.of("storm-rest", "storm-ws", "storm-worker");

    @Test
    void everyFileOfTheBaseIsListedAndValid() throws IOException {
        Path base = FOLDER.resolve("base");
        String listed = Files.readString(base.resolve("kustomization.yaml"));
        try (Stream<Path> files = Files.list(base)) {
            for (Path file :
                    files.filter(file -> !file.endsWith("kustomization.yaml")).toList()) {
                String name = file.getFileName().toString();
                assertThat(listed).as("kustomization.yaml").contains(name);
                if (name.endsWith(".yaml")) {
                    assertThat(Manifests.parse(Files.readString(file)).all())
                            .as(name)
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void aMisspelledFieldIsFound() {
        assertThatThrownBy(() -> Manifests.parse("""
                        apiVersion: v1
                        kind: Service
                        metadata: { name: x }
                        spec: { selectors: { a: b } }
                        """)).hasMessageContaining("selectors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "development"})
    void everyServerIsThereHardenedAndProbed(String overlay) throws Exception {
        Manifests rendered = rendered(overlay);

        assertThat(names(rendered.of(Deployment.class))).isEqualTo(SERVERS);
        for (Deployment deployment : rendered.of(Deployment.class)) {
            PodSpec pod = deployment.getSpec().getTemplate().getSpec();
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(25);
            assertThat(pod.getTopologySpreadConstraints()).hasSize(2);
            assertThat(pod.getContainers()).hasSize(1);
            Container container = pod.getContainers().getFirst();
            assertThat(container.getImage()).contains(deployment.getMetadata().getName());
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getResources().getRequests()).containsKeys("memory", "cpu");
            assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/health/started");
            assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/health/live");
            assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/health/ready");
            assertThat(container.getPorts())
                    .singleElement()
                    .satisfies(port -> assertThat(port.getName()).isEqualTo("http"));
            Set<String> volumes =
                    pod.getVolumes().stream().map(volume -> volume.getName()).collect(Collectors.toSet());
            assertThat(container.getVolumeMounts())
                    .allMatch(mount -> volumes.contains(mount.getName()))
                    .hasSameSizeAs(volumes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "development"})
    void whatPointsAtSomethingFindsIt(String overlay) throws Exception {
        Manifests rendered = rendered(overlay);

        for (Deployment deployment : rendered.of(Deployment.class)) {
            Map<String, String> labels =
                    deployment.getSpec().getTemplate().getMetadata().getLabels();
            assertThat(labels)
                    .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
            assertThat(deployment
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .getFirst()
                            .getEnvFrom())
                    .allSatisfy(from -> assertThat(names(rendered.of(ConfigMap.class)))
                            .contains(from.getConfigMapRef().getName()));
        }
        for (Service service : rendered.of(Service.class)) {
            assertThat(selected(rendered, service.getSpec().getSelector()))
                    .containsExactly(service.getMetadata().getName());
        }
        for (PodDisruptionBudget budget : rendered.of(PodDisruptionBudget.class)) {
            assertThat(selected(rendered, budget.getSpec().getSelector().getMatchLabels()))
                    .containsExactly(budget.getMetadata().getName());
        }
        assertThat(names(rendered.of(PodDisruptionBudget.class))).isEqualTo(SERVERS);
        assertThat(rendered.of(HorizontalPodAutoscaler.class))
                .hasSameSizeAs(SERVERS)
                .allSatisfy(scaler -> {
                    assertThat(scaler.getSpec().getScaleTargetRef().getName())
                            .isEqualTo(scaler.getMetadata().getName());
                    assertThat(scaler.getSpec().getMinReplicas())
                            .isLessThanOrEqualTo(scaler.getSpec().getMaxReplicas());
                });
        for (Ingress ingress : rendered.of(Ingress.class)) {
            ingress.getSpec()
                    .getRules()
                    .forEach(rule -> rule.getHttp()
                            .getPaths()
                            .forEach(path -> assertThat(names(rendered.of(Service.class)))
                                    .contains(path.getBackend().getService().getName())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "development"})
    void theWebSocketLivesLongerThanTheControllersDefault(String overlay) throws Exception {
        Ingress front = rendered(overlay).of(Ingress.class).stream()
                .filter(ingress -> ingress.getMetadata().getName().equals("storm"))
                .findFirst()
                .orElseThrow();

        assertThat(Integer.parseInt(
                        front.getMetadata().getAnnotations().get("nginx.ingress.kubernetes.io/proxy-read-timeout")))
                .isGreaterThanOrEqualTo(3600);
        assertThat(front.getSpec().getTls()).isNotEmpty();
    }

    /// The table "who may touch what": MongoDB for rest and worker, Redis for all three, both from each side.
    @ParameterizedTest
    @ValueSource(strings = {"production", "development"})
    void theGatewayReachesRedisAndNeverMongo(String overlay) throws Exception {
        List<NetworkPolicy> policies = rendered(overlay).of(NetworkPolicy.class);

        assertThat(reaching(policies, "mongodb")).containsExactlyInAnyOrder("storm-rest", "storm-worker");
        assertThat(reaching(policies, "redis")).containsExactlyInAnyOrder("storm-rest", "storm-ws", "storm-worker");
        assertThat(letIn(policies, "mongodb")).containsExactlyInAnyOrder("storm-rest", "storm-worker", "mongodb");
        assertThat(letIn(policies, "redis"))
                .containsExactlyInAnyOrder("storm-rest", "storm-ws", "storm-worker", "redis");
        assertThat(policies).as("what no rule allows is forbidden").anySatisfy(policy -> {
            assertThat(policy.getSpec().getPolicyTypes()).contains("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress()).isEmpty();
            assertThat(policy.getSpec().getEgress()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "development"})
    void secretsAreReferencesAlone(String overlay) throws Exception {
        Manifests rendered = rendered(overlay);

        assertThat(rendered.all())
                .extracting(HasMetadata::getKind)
                .as("no Secret stands in the repository")
                .doesNotContain("Secret");
        for (ConfigMap settings : rendered.of(ConfigMap.class)) {
            assertThat(settings.getData().keySet())
                    .noneMatch(name -> name.matches(".*(KEY|SECRET|PASSWORD|_URI|_URL).*"));
        }
        for (Deployment deployment : rendered.of(Deployment.class)) {
            String name = deployment.getMetadata().getName();
            assertThat(deployment.getSpec().getTemplate().getSpec().getVolumes())
                    .filteredOn(volume -> volume.getSecret() != null)
                    .as("each server has its own secrets and no other's")
                    .singleElement()
                    .satisfies(volume ->
                            assertThat(volume.getSecret().getSecretName()).isEqualTo(name));
        }
    }

    /// The overlay as kubectl would apply it; skipped where there is no kubectl.
    private static Manifests rendered(String overlay) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(
                            "kubectl",
                            "kustomize",
                            FOLDER.resolve("overlays/" + overlay).toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("there is no kubectl to render the overlay " + overlay);
            throw e;
        }
        String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("status of kubectl kustomize").isZero();
        return Manifests.parse(yaml);
    }

    private static Set<String> names(List<? extends HasMetadata> resources) {
        return resources.stream()
                .map(resource -> resource.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> selected(Manifests rendered, Map<String, String> labels) {
        return names(rendered.of(Deployment.class).stream()
                .filter(deployment -> deployment
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(labels.entrySet()))
                .toList());
    }

    private static List<String> reaching(List<NetworkPolicy> policies, String store) {
        List<String> pods = new ArrayList<>();
        for (NetworkPolicy policy : policies) {
            if (policy.getSpec().getEgress().stream()
                    .flatMap(rule -> rule.getTo().stream())
                    .anyMatch(peer -> peer.getPodSelector() != null
                            && podNames(peer.getPodSelector()).contains(store))) {
                pods.addAll(podNames(policy.getSpec().getPodSelector()));
            }
        }
        return pods;
    }

    private static List<String> letIn(List<NetworkPolicy> policies, String store) {
        List<String> pods = new ArrayList<>();
        for (NetworkPolicy policy : policies) {
            if (podNames(policy.getSpec().getPodSelector()).contains(store)) {
                policy.getSpec().getIngress().stream()
                        .flatMap(rule -> rule.getFrom().stream())
                        .forEach(peer -> pods.addAll(podNames(peer.getPodSelector())));
            }
        }
        return pods;
    }

    private static List<String> podNames(LabelSelector selector) {
        List<String> names = new ArrayList<>();
        if (selector.getMatchLabels() != null && selector.getMatchLabels().containsKey("app.kubernetes.io/name")) {
            names.add(selector.getMatchLabels().get("app.kubernetes.io/name"));
        }
        selector.getMatchExpressions().stream()
                .filter(expression -> expression.getKey().equals("app.kubernetes.io/name"))
                .forEach(expression -> names.addAll(expression.getValues()));
        return names;
    }
}
