/**
 * Lets the clients of this process reach a local cloud by the host names Azure's shape asks for:
 * `*.localhost` resolves to loopback (RFC 6761 asks for it, many systems do not), and the
 * certificate that the local cloud made for itself is believed beside the usual ones. Other
 * names and other certificates are treated as before.
 *
 * @param certificateFile as in `LocalCloud.certificateFile`
 */
export function trustLocalCloud(certificateFile: string): void;
