/** Of `Microsoft.Web`. */
export const webApiVersion = '2025-05-01';
