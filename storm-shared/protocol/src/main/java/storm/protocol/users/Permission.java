package storm.protocol.users;

import storm.protocol.WireEnum;

/// What a role may allow. `…_OWN` is for what belongs to the caller, `…_ANY` for everybody's.
public enum Permission implements WireEnum {
    MESSAGE_SEND("message:send"),
    MESSAGE_READ("message:read"),
    MESSAGE_DELETE_OWN("message:delete:own"),
    MESSAGE_DELETE_ANY("message:delete:any"),
    MESSAGE_EDIT_OWN("message:edit:own"),
    CHANNEL_CREATE("channel:create"),
    CHANNEL_READ("channel:read"),
    CHANNEL_READ_ANY("channel:read:any"),
    CHANNEL_UPDATE_OWN("channel:update:own"),
    CHANNEL_UPDATE_ANY("channel:update:any"),
    CHANNEL_ARCHIVE("channel:archive"),
    CHANNEL_DELETE("channel:delete"),
    CHANNEL_MANAGE_MEMBERS("channel:manage:members"),
    USER_READ("user:read"),
    USER_LIST("user:list"),
    USER_UPDATE_OWN("user:update:own"),
    USER_UPDATE_ANY("user:update:any"),
    USER_ROLE_ASSIGN("user:role:assign"),
    USER_DEACTIVATE("user:deactivate"),
    SESSION_REVOKE_ANY("session:revoke:any"),
    DEADLETTER_READ("deadletter:read"),
    DEADLETTER_MANAGE("deadletter:manage"),
    QUEUE_READ("queue:read"),
    AUDIT_READ("audit:read");

    private final String wire;

    Permission(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
