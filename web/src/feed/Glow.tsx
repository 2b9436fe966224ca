// A picture's colours, blurred, behind a clip that does not fill its place. Drawn once, tiny, and stretched: a blur by the
// style sheet would cost a full screen's filter at each change of the clip.
import { useEffect, useRef } from 'preact/hooks';

const WIDTH = 24;
const HEIGHT = 36;

export function Glow({ src, class: name }: { src: string; class: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const picture = new Image();
    picture.decoding = 'async';
    picture.onload = () => {
      const pen = canvas.current?.getContext('2d');
      if (!pen) return;
      pen.filter = 'blur(2px) saturate(1.3)';              // where it is unknown, stretching alone is soft enough
      pen.drawImage(picture, -3, -3, WIDTH + 6, HEIGHT + 6);
    };
    picture.src = src;
    return () => { picture.onload = null; };
  }, [src]);
  return <canvas ref={canvas} class={name} width={WIDTH} height={HEIGHT} aria-hidden="true" />;
}
