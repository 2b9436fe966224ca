// Sign in, sign up.
export function SignInPage() { return null; }
export function SignUpPage() { return null; }
