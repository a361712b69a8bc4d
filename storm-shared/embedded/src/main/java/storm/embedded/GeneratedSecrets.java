package storm.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The secrets of the embedded default, made once in a folder of mode 0700 and never changed afterwards, but for the
/// storage keys' rotation:
///
/// - `jwt-private.pem`, `jwt-public.pem`: the ES256 key pair that signs access tokens (PKCS#8 and SPKI),
/// - `secrets.env`: a line `NAME='value'` for each other, from characters that mean nothing to a shell.
///
/// What exists stays; what is missing is added, so that a folder of an older Storm gains what a newer one needs. Files
/// are of mode 0600.
public final class GeneratedSecrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    /// Neither 0 and O nor 1, l and I: people type these.
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
    private static final String DIGITS = "23456789";

    private static final String MESSAGE_KEYS = "STORM_MESSAGE_KEYS";
    private static final List<String> TASKS = List.of("", "new-message-key", "drop-old-message-keys");
    private static final Pattern MADE_ID = Pattern.compile("k([0-9]{1,9}):.*");

    private static final Map<String, Supplier<String>> RECIPES = recipes();

    private final Path folder;

    private GeneratedSecrets(Path folder) {
        this.folder = folder;
    }

    /// Makes what is missing in the folder named by the first argument, then does what the second says:
    /// `new-message-key`
    /// or `drop-old-message-keys`, either of which prints the id of the key that encrypts.
    public static void main(String... arguments) {
        String task = arguments.length == 2 ? arguments[1] : "";
        if (arguments.length == 0 || arguments.length > 2 || !TASKS.contains(task)) {
            System.err.println("storm secrets: name the folder to keep them in, one of:" + String.join(" ", TASKS));
            System.exit(2);
        }
        try {
            GeneratedSecrets secrets = in(Path.of(arguments[0]));
            switch (task) {
                case "new-message-key" -> System.out.println(secrets.newMessageKey());
                case "drop-old-message-keys" -> System.out.println(secrets.dropOldMessageKeys());
                default -> {
                    // Nothing more was asked for.
                }
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            System.err.println("storm secrets: " + e.getMessage());
            System.exit(1);
        }
    }

    /// Makes what is missing in `folder`, itself made if missing.
    ///
    /// @throws UncheckedIOException when it can't be written
    /// @throws IllegalStateException when one half of the key pair is there alone
    public static GeneratedSecrets in(Path folder) {
        GeneratedSecrets secrets = new GeneratedSecrets(folder);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, asFileAttribute(fromString("rwx------")));
            }
            secrets.makeKeyPair();
            secrets.makeValues();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " can't be written: " + e.getMessage(), e);
        }
        return secrets;
    }

    /// The private key's file.
    public Path jwtPrivateKey() {
        return folder.resolve("jwt-private.pem");
    }

    /// The public key's file.
    public Path jwtPublicKey() {
        return folder.resolve("jwt-public.pem");
    }

    /// The values by name, as a server's environment takes them.
    public Map<String, String> values() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts a new storage key in front, which makes it the one that encrypts, unless older ones are still behind the
    /// first: then a rotation is under way already.
    ///
    /// @return the id of the first key
    String newMessageKey() {
        List<String> keys = messageKeys();
        if (keys.size() == 1) {
            Matcher made = MADE_ID.matcher(keys.getFirst());
            keys.addFirst("k" + (made.matches() ? Long.parseLong(made.group(1)) + 1 : 1) + ":" + hex(32));
            replaceMessageKeys(keys);
        }
        return id(keys.getFirst());
    }

    /// Drops every storage key but the first. For when no message is under them any more.
    ///
    /// @return the id of the first key
    String dropOldMessageKeys() {
        List<String> keys = messageKeys();
        if (keys.size() > 1) {
            replaceMessageKeys(keys.subList(0, 1));
        }
        return id(keys.getFirst());
    }

    private List<String> messageKeys() {
        String keys = values().getOrDefault(MESSAGE_KEYS, "");
        return new ArrayList<>(List.of(keys.split(",")));
    }

    private void replaceMessageKeys(List<String> keys) {
        Map<String, String> values = values();
        values.put(MESSAGE_KEYS, String.join(",", keys));
        try {
            writeValues(values);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " can't be written: " + e.getMessage(), e);
        }
    }

    private static String id(String key) {
        return key.substring(0, Math.max(0, key.indexOf(':')));
    }

    private static Map<String, Supplier<String>> recipes() {
        Map<String, Supplier<String>> recipes = new LinkedHashMap<>();
        recipes.put(MESSAGE_KEYS, () -> "k1:" + hex(32));
        recipes.put("STORM_TRANSPORT_KEY", () -> hex(32));
        recipes.put("STORM_EMBEDDED_REDIS_PASSWORD", () -> hex(24));
        recipes.put("STORM_KEYSTORE_PASSWORD", () -> hex(24));
        recipes.put("STORM_LTPA_PASSWORD", () -> hex(24));
        recipes.put("STORM_ADMIN_EMAIL", () -> "admin@storm.local");
        recipes.put("STORM_ADMIN_PASSWORD", GeneratedSecrets::password);
        return recipes;
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /// Four groups of five like `Xk7wq`, over 100 bits; upper, lower, digit and symbol by construction.
    private static String password() {
        StringBuilder password = new StringBuilder();
        for (int group = 0; group < 4; group++) {
            password.append(group == 0 ? "" : "-")
                    .append(oneOf(UPPER))
                    .append(oneOf(LOWER))
                    .append(oneOf(DIGITS))
                    .append(oneOf(UPPER + LOWER + DIGITS))
                    .append(oneOf(UPPER + LOWER + DIGITS));
        }
        return password.toString();
    }

    private static char oneOf(String letters) {
        return letters.charAt(RANDOM.nextInt(letters.length()));
    }

    private void makeKeyPair() throws IOException {
        if (Files.exists(jwtPrivateKey()) && Files.exists(jwtPublicKey())) {
            return;
        }
        if (Files.exists(jwtPrivateKey())) {
            throw new IllegalStateException("%s is missing beside %s: put it back, or remove both and every token ends"
                    .formatted(jwtPublicKey(), jwtPrivateKey()));
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            KeyPair pair = generator.generateKeyPair();
            // The private key last: where it is, the pair is whole.
            write(jwtPublicKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            write(jwtPrivateKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't make an ES256 key pair", e);
        }
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
    }

    private void makeValues() throws IOException {
        Map<String, String> values = read();
        boolean complete = values.keySet().containsAll(RECIPES.keySet());
        if (complete) {
            return;
        }
        RECIPES.forEach((name, recipe) -> values.computeIfAbsent(name, missing -> recipe.get()));
        writeValues(values);
    }

    private void writeValues(Map<String, String> values) throws IOException {
        write(
                file(),
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + "='" + entry.getValue() + "'\n")
                        .collect(Collectors.joining()));
    }

    private Path file() {
        return folder.resolve("secrets.env");
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file())) {
                int equals = line.indexOf('=');
                if (equals > 0 && line.endsWith("'") && line.startsWith("'", equals + 1)) {
                    values.put(line.substring(0, equals), line.substring(equals + 2, line.length() - 1));
                }
            }
        } catch (NoSuchFileException e) {
            // The first start: nothing is there yet.
            return values;
        }
        return values;
    }

    /// Writes a file that is never there half, nor ever readable by anyone else.
    private void write(Path file, String content) throws IOException {
        Path whole = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(whole);
        Files.createFile(whole, asFileAttribute(fromString("rw-------")));
        Files.writeString(whole, content);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
