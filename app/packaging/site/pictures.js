// Photos from people's devices, made safe to keep by what the browser has for it.

async function drawn(bitmap, side, quality) {
  const share = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((one) => Math.max(1, Math.round(one * share)));
  const canvas = new OffscreenCanvas(width, height);
  const ink = canvas.getContext("2d", { alpha: false });
  ink.fillStyle = "white"; // what is clear becomes white
  ink.fillRect(0, 0, width, height);
  ink.imageSmoothingQuality = "high";
  ink.drawImage(bitmap, 0, 0, width, height);
  const jpeg = await canvas.convertToBlob({ type: "image/jpeg", quality });
  return { content: new Uint8Array(await jpeg.arrayBuffer()), width, height };
}

/** The photo in `sent`, bytes of Python's, upright and as JPEG: once with each longest side and quality. */
export async function picture(sent, ...forms) {
  const bitmap = await createImageBitmap(new Blob([sent.toJs()]), { imageOrientation: "from-image" });
  try {
    return [await drawn(bitmap, forms[0], forms[1]), await drawn(bitmap, forms[2], forms[3])];
  } finally {
    bitmap.close();
  }
}
