declare module "algebrite" {
  const algebrite: { run(text: string): string };
  export default algebrite;
}
