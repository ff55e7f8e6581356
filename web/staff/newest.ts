// Answers may come in another order than their questions: only that of the last question is shown.
import { useRef } from "preact/hooks";

// To be called when asking; what it gives tells, once the answer is there, whether nothing has been asked since.
export function useNewest(): () => () => boolean {
  const asked = useRef(0);
  return () => {
    const mine = (asked.current += 1);
    return () => mine === asked.current;
  };
}
