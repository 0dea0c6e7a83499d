import { unzipSync } from "fflate";
import { DomainError } from "../core/index.js";
import { isNpy, readNpy } from "./npy.js";
import { checkMemory, type NumberArray, type ReadLimits } from "./number-array.js";

/** Whether bytes begin like a .npz file, which is a zip archive. */
export function isNpz(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** How many names a message lists. */
const mostNames = 20;

/**
 * One array of a .npz file, stored or deflated: the only one it holds, or the one called `array`. The size that the archive
 * announces is checked before anything is unpacked, and never more than that is unpacked.
 *
 * @throws DomainError with the names of the arrays when the choice is open or wrong, and as {@link readNpy}.
 */
export function readNpz(bytes: Uint8Array, name: string, array: string | undefined, limits: ReadLimits): NumberArray {
  const sizes = new Map<string, number>();
  unzip(bytes, name, (entry, size) => {
    if (entry.endsWith(".npy")) sizes.set(entry.slice(0, -".npy".length), size);
    return false;
  });
  const chosen = choose([...sizes.keys()], array, name);
  const label = `${name}, array ${chosen}`;
  checkMemory(label, sizes.get(chosen)!, limits);
  const unpacked = unzip(bytes, name, (entry) => entry === `${chosen}.npy`)[`${chosen}.npy`];
  if (unpacked === undefined || unpacked.length !== sizes.get(chosen)) {
    throw new DomainError(`${label}: the archive is damaged; save it again with numpy.savez`);
  }
  if (!isNpy(unpacked)) throw new DomainError(`${label} does not start with the magic bytes of a .npy file`);
  return readNpy(unpacked, label, limits);
}

function choose(names: readonly string[], wanted: string | undefined, name: string): string {
  if (names.length === 0) throw new DomainError(`${name} holds no array; save one with numpy.savez`);
  const listed = names.slice(0, mostNames).join(", ") + (names.length > mostNames ? ", …" : "");
  if (wanted === undefined) {
    if (names.length === 1) return names[0]!;
    throw new DomainError(
      `${name} holds ${names.length} arrays (${listed}); say which by \`array\` (on the command line --array NAME)`,
    );
  }
  if (!names.includes(wanted)) throw new DomainError(`${name} holds no array "${wanted}", only ${listed}`);
  return wanted;
}

function unzip(
  bytes: Uint8Array,
  name: string,
  wanted: (entry: string, size: number) => boolean,
): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, { filter: (file) => wanted(file.name, file.originalSize) });
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new DomainError(`${name} is a damaged .npz archive: ${detail}`);
  }
}
