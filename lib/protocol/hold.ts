/** How long an idle connection is held: longer than the idle timers of nginx, Apache httpd and AWS load balancers (60 s). */
export const USUAL_HOLD_SECONDS = 75
