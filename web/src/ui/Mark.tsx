// The mark: a stall with a striped awning and a clip in its window; the same drawing as /icons/icon.svg.
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 512 512" aria-hidden="true" class="mark">
      <rect width="512" height="512" rx="112" class="mark-ground" />
      <g transform="translate(256 256) scale(1.2) translate(-256 -260)">
        <path class="mark-gold" d="M120 166h272v220a22 22 0 0 1-22 22h-228a22 22 0 0 1-22-22z" />
        <path class="mark-play" d="M214 246L318 308L214 370z" />
        <path class="mark-gold mark-edge" d="M96 112h80v62a40 40 0 0 1-80 0z" />
        <path class="mark-cream mark-edge" d="M176 112h80v62a40 40 0 0 1-80 0z" />
        <path class="mark-gold mark-edge" d="M256 112h80v62a40 40 0 0 1-80 0z" />
        <path class="mark-cream mark-edge" d="M336 112h80v62a40 40 0 0 1-80 0z" />
      </g>
    </svg>
  );
}
