package storm.store.messages;

/// A message's text under a storage key; all but the key's id in base64.
///
/// @param keyId which key of the ring
/// @param iv 12 bytes
/// @param content the ciphertext
/// @param authTag 16 bytes
public record EncryptedText(String keyId, String iv, String content, String authTag) {
    /// What is left of the text of a deleted message.
    public static final EncryptedText NONE = new EncryptedText("", "", "", "");

    @Override
    public String toString() {
        return "EncryptedText[" + keyId + "]";
    }
}
