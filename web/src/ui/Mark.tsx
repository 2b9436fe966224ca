// The mark: an awning over a lit window.
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" class="mark">
      <path class="mark-awning" d="M5 5h22l2.5 7.5a3.9 3.9 0 0 1-6.9 2.3 4 4 0 0 1-6.6 0 4 4 0 0 1-6.6 0 3.9 3.9 0 0 1-6.9-2.3z" />
      <path class="mark-window" d="M5.5 18.6c1.7.4 3.1 0 4-.8 1.7 1.5 4.5 1.7 6.5 0 2 1.7 4.8 1.5 6.5 0 .9 .8 2.3 1.2 4 .8V27H5.5z" />
      <path class="mark-play" d="M13.5 20v5.4l4.9-2.7z" />
    </svg>
  );
}
